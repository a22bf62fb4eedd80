/** Tokens and links are random and stored as SHA-256; passwords are stretched with argon2id (OWASP: 19 MiB, 2 passes). */
import { argon2, createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const MEMORY_KIB = 19_456;
const PASSES = 2;
const TAG_BYTES = 32;

/** What the store keeps of a random secret. A plain hash is enough for 128 random bits. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** A mark that only the holder of the key can work out, and that tells nothing else (HMAC-SHA-256). */
export function markOf(key: string, subject: string): string {
  return createHmac('sha256', key).update(subject).digest('base64url');
}

/** SHA-256 as lower-case hexadecimal, as snapshots carry it. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function stretch(password: string, salt: Buffer, memory: number, passes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    argon2(
      'argon2id',
      { message: password.normalize('NFC'), nonce: salt, parallelism: 1, tagLength: TAG_BYTES, memory, passes },
      (error, tag) => (error ? reject(error) : resolve(tag)),
    );
  });
}

/** A password as a PHC string: `$argon2id$v=19$m=…,t=…,p=1$salt$tag`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const tag = await stretch(password, salt, MEMORY_KIB, PASSES);
  const plain = (part: Buffer) => part.toString('base64').replaceAll('=', '');
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=1$${plain(salt)}$${plain(tag)}`;
}

/** Compares in constant time. Without a stored hash the same work is done, so that time does not tell who has an account. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([^$]+)\$([^$]+)$/.exec(stored ?? '');
  const salt = Buffer.from(parts?.[3] ?? 'AAAAAAAAAAAAAAAAAAAAAA', 'base64');
  const tag = await stretch(password, salt, Number(parts?.[1] ?? MEMORY_KIB), Number(parts?.[2] ?? PASSES));
  const known = Buffer.from(parts?.[4] ?? '', 'base64');
  return parts !== null && known.length === tag.length && timingSafeEqual(known, tag);
}
