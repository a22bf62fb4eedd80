/**
 * Files that a stage brings along: pictures, which are slides, and PDF to be opened. What a file is, its first bytes say;
 * its name says nothing.
 */
import { ok, refuse, type Result } from '../result.ts';
import type { Material } from '../room/room.ts';

export const FILE_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'application/pdf'] as const;
export type FileType = (typeof FILE_TYPES)[number];

/** Bytes of one file; 10 MiB, as everything that is brought in (INTERFACE, "Limits"). */
export const MOST_FILE_BYTES = 10 * 1024 * 1024;
export const MOST_FILES = 60;

const begins = (bytes: Uint8Array, at: number, signature: string): boolean =>
  [...signature].every((letter, n) => bytes[at + n] === letter.charCodeAt(0));

/** PNG (RFC 2083), JPEG (ISO 10918), WebP (RFC 9649) or PDF (ISO 32000); null: nothing that is shown here. */
export function typeOfFile(bytes: Uint8Array): FileType | null {
  if (begins(bytes, 0, '\x89PNG\r\n\x1a\n')) return 'image/png';
  if (begins(bytes, 0, '\xff\xd8\xff')) return 'image/jpeg';
  if (begins(bytes, 0, 'RIFF') && begins(bytes, 8, 'WEBP')) return 'image/webp';
  return begins(bytes, 0, '%PDF-') ? 'application/pdf' : null;
}

export function checkFile(bytes: Uint8Array, files: number): Result<FileType> {
  if (bytes.length > MOST_FILE_BYTES) return refuse('too-large', { limit: '10 MiB' });
  if (files >= MOST_FILES) return refuse('too-many-files', { limit: MOST_FILES });
  const type = typeOfFile(bytes);
  return type === null ? refuse('file-type-unknown') : ok(type);
}

/** Where an uploaded file is opened. */
export const fileAddress = (id: string): string => `/api/v1/files/${id}`;

const FILE_ADDRESS = /^\/api\/v1\/files\/([A-Za-z0-9_-]{1,64})$/;

/** The uploaded file behind a material; null: it is a link. */
export const fileOf = ({ url }: Pick<Material, 'url'>): string | null => FILE_ADDRESS.exec(url)?.[1] ?? null;

/** Whether the wall can show it. */
export const isSlide = ({ type }: Material): boolean => type?.startsWith('image/') ?? false;

/** What is shown full screen, where the stage it belongs to is at hand. */
export function slideOf(
  stage: { readonly id: string; readonly materials?: readonly Material[] } | null,
  slide: { readonly stageId: string; readonly position: number } | null,
): Material | null {
  if (stage === null || slide?.stageId !== stage.id) return null;
  const material = stage.materials?.[slide.position];
  return material && isSlide(material) ? material : null;
}
