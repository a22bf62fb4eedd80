/**
 * Ballots on paper and by proxy counted apart from those of the devices. Who used paper was seen at the desk, so the
 * figures of a small desk, or of the few who did not use it, would name people just as a small organisation would.
 */
import { SMALL } from './bodies.ts';
import { sum, type Voice } from './voice.ts';

export interface Desk {
  /** null where so few would be recognised. */
  readonly dots: number | null;
  readonly voters: number | null;
}

const isSmall = (people: number, of: number): boolean => people < SMALL || people >= of;

/** By option. Told where neither side of the count is small; a round without a desk has a desk of nought. */
export function desksOf(voices: readonly Voice[], optionCount: number, units: number): readonly Desk[] {
  const desk = voices.filter((voice) => voice.source !== 'device');
  const devices = voices.filter((voice) => voice.source === 'device');
  return Array.from({ length: optionCount }, (_, option) => {
    if (desk.length === 0) return { dots: 0, voters: 0 };
    const supporters = (those: readonly Voice[]): number => those.filter((voice) => voice.supports[option]).length;
    const counting = (those: readonly Voice[]): number => those.filter((voice) => !voice.abstains).length;
    const dots = sum(desk.map((voice) => voice.gives[option] ?? 0)) / units;
    const voters = supporters(desk);
    const allDesk = devices.length === 0; // the room's own totals, never suppressed
    const small = isSmall(voters, counting(desk)) || isSmall(supporters(devices), counting(devices));
    return !allDesk && small ? { dots: null, voters: null } : { dots, voters };
  });
}
