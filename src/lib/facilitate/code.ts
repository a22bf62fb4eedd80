/** A join code as people read it aloud: `304 118 927`. */
export function grouped(code: string): string {
  return code.replace(/(\d{3})(?=\d)/g, '$1 ');
}
