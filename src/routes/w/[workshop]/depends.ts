/** Who sits at which table; read again whenever the room says that it changed. */
export const TABLES = 'ashar:tables';
