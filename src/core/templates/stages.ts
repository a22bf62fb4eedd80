/** The stages that templates are made of, in the three languages. */
import type { StageKind } from '../room/room.ts';
import type { TemplateStage, Words } from './types.ts';

export function stage(kind: StageKind, minutes: number, title: Words): TemplateStage {
  return { kind, minutes, title };
}

export const WELCOME = stage('welcome', 10, { ky: 'Саламдашуу', ru: 'Открытие', en: 'Welcome' });
export const COLLECT = stage('collect', 20, { ky: 'Ой-пикирлерди жазуу', ru: 'Пишем на доске', en: 'Write' });
export const REVEAL = stage('reveal', 5, { ky: 'Жазылганды ачуу', ru: 'Открываем написанное', en: 'Reveal' });
export const GROUP = stage('group', 15, { ky: 'Топторго бириктирүү', ru: 'Группируем', en: 'Group' });
export const DISCUSS = stage('discuss', 20, { ky: 'Талкуулоо', ru: 'Обсуждаем', en: 'Discuss' });
export const VOTE = stage('vote', 10, { ky: 'Добуш берүү', ru: 'Голосуем', en: 'Vote' });
export const REVIEW = stage('review', 15, {
  ky: 'Жыйынтыкты карап чыгуу',
  ru: 'Смотрим итоги',
  en: 'Review the result',
});
export const CLOSE = stage('close', 5, { ky: 'Жабуу', ru: 'Завершение', en: 'Close' });
