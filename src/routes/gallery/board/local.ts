/**
 * A board without a server, for looking at and for measuring: a document of its own with notes in every state, and a
 * second person on a second document who points, types and carries.
 */
import * as Y from 'yjs';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import {
  createBoardDoc,
  createEach,
  groupNotes,
  initialBoardUpdate,
  moveNote,
  replaceText,
  textOf,
} from '#core/board/edit.ts';
import { COLOURS } from '#core/board/schema.ts';
import { swot } from '#core/templates/analysis.ts';
import type { BoardSource } from '$lib/board/source.ts';

export const ZONES = swot.zones;

const TEXTS: Record<string, readonly string[]> = {
  strengths: [
    'Бирдиктүү өкүлчүлүк: 484 айыл аймагы жана шаар',
    'Опыт лоббирования: 12 принятых поправок за три года',
    'Доверие государственных органов',
    'Окуу борбору бар',
    'Знаем каждого главу айыл өкмөтү по имени',
    'Experience with donor projects',
  ],
  weaknesses: [
    'Мүчөлүк төгүмдөр үзгүлтүксүз төлөнбөйт',
    'Мало сотрудников: пять человек на всю страну, и почти все заняты текущими запросами, а не стратегией и подготовкой проектов',
    'Слабая связь с районами',
    'Сайт эски',
    'No communication plan',
  ],
  opportunities: [
    'Жаңы Бюджет кодекси',
    'Реформа административно-территориального устройства даёт новые полномочия',
    'Цифровизация услуг',
    'Өнөктөштөрдүн кызыгуусу',
    'Regional exchange with Kazakhstan and Mongolia',
    'Новые источники местных доходов',
    'Жаштардын катышуусу',
  ],
  threats: [
    'Кадрлардын тез-тез алмашышы',
    'Сокращение донорского финансирования после 2025 года',
    'Централизация полномочий',
    'Климаттын өзгөрүшү: суу жетишпейт',
    'Disinformation before elections',
    'Отток молодёжи из сёл',
  ],
};

export interface LocalBoard extends BoardSource {
  readonly peer: Y.Doc;
  readonly peerAwareness: Awareness;
  /** Ids in the order of writing. */
  readonly ids: readonly string[];
}

/** @param count notes; up to the texts above, then numbered ones. */
export function localBoard(count: number): LocalBoard {
  const beginning = initialBoardUpdate('gallery');
  const [doc, peer] = [createBoardDoc(beginning), createBoardDoc(beginning)];
  const [awareness, peerAwareness] = [new Awareness(doc), new Awareness(peer)];
  doc.on('update', (update: Uint8Array, origin: unknown) => origin !== 'relay' && Y.applyUpdate(peer, update, 'relay'));
  peer.on('update', (update: Uint8Array, origin: unknown) => origin !== 'relay' && Y.applyUpdate(doc, update, 'relay'));
  peerAwareness.on('update', () =>
    applyAwarenessUpdate(awareness, encodeAwarenessUpdate(peerAwareness, [peer.clientID]), 'relay'),
  );
  const zones = ZONES.map(({ id }) => id);
  const all = zones.flatMap((zone) => (TEXTS[zone] ?? []).map((text) => ({ zone, text })));
  const wanted = Array.from({ length: count }, (_, at) => {
    const known = all[at];
    const zone = known?.zone ?? zones[at % zones.length] ?? '';
    const colour = COLOURS[known ? zones.indexOf(zone) : at % COLOURS.length] ?? 'yellow';
    return { zone, text: known?.text ?? `${at + 1}`, colour };
  });
  const made = createEach(peer, wanted, 'peer');
  const ids = made.ok ? made.value : [];
  const of = (zone: string) => ids.filter((_, at) => wanted[at]?.zone === zone);
  const [first, second, third] = of('opportunities').slice(3);
  if (first && second && third)
    groupNotes(peer, { noteIds: [first, second, third], title: 'Өнөктөштөр, кирешелер жана жаштар' }, 'peer');
  return { doc, awareness, peer, peerAwareness, ids, loaded: true, reopening: false, isUnsent: () => false };
}

/** The second person at work until stopped; `still` only points, for photographs. */
export function animate(board: LocalBoard, still: boolean): () => void {
  const { peer, peerAwareness, ids } = board;
  const say = (told: Record<string, unknown>) =>
    peerAwareness.setLocalState({ user: { name: 'GAMSUMO', organisation: 'GAMSUMO' }, ...told });
  const note = ids[7] ?? '';
  if (still) {
    say({ cursor: { zone: 'weaknesses', x: 620, y: 250 }, editing: note, typing: true });
    return () => undefined;
  }
  let beat = 0;
  const words = ' — азыр толуктап жатабыз';
  const timer = setInterval(() => {
    beat += 1;
    const angle = beat / 12;
    const at = ['threats', Math.round(350 + 260 * Math.cos(angle)), Math.round(220 + 150 * Math.sin(angle))] as const;
    const carried = ids.at(-1) ?? '';
    const phase = beat % 200;
    say({
      cursor: { zone: at[0], x: at[1] + 90, y: at[2] + 60 },
      ...(phase < 60 ? { drag: { noteId: carried, at } } : phase < 140 ? { editing: note, typing: true } : {}),
    });
    if (phase === 60) moveNote(peer, { id: carried, zone: at[0], x: at[1], y: at[2] }, 'peer');
    const text = textOf(peer, note);
    if (phase > 60 && phase < 140 && beat % 4 === 0 && text && text.length < 200)
      replaceText(text, String(text) + (words[(beat / 4) % words.length] ?? ''), 'peer');
  }, 50);
  return () => clearInterval(timer);
}
