/** A strategy has no place of its own: its times are shown as the office reads its clock, as in its documents. */
export const TIME_ZONE = 'Asia/Bishkek';
