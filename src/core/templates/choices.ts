/** Templates of review and choice: the last programme, TOWS, priorities, and the empty board. */
import { COLLECT, CLOSE, DISCUSS, GROUP, REVEAL, REVIEW, stage, VOTE } from './stages.ts';
import type { Template } from './types.ts';

export const programmeReview: Template = {
  id: 'programme-review',
  name: { ky: 'Мурунку программаны карап чыгуу', ru: 'Обзор прошлой программы', en: 'Review of the last programme' },
  about: {
    ky: 'Пландалган иштердин кайсынысы аткарылды, кайсынысы аткарылган жок.',
    ru: 'Что из намеченного выполнено, а что нет.',
    en: 'Which of the planned actions were carried out, and which were not.',
  },
  zones: [
    { id: 'actions', name: { ky: 'Иш-чаралар', ru: 'Мероприятия', en: 'Actions' }, icon: 'action', tint: 'grey' },
  ],
  stages: [
    stage('collect', 10, { ky: 'Иш-чаралардын тизмеси', ru: 'Список мероприятий', en: 'List of actions' }),
    stage('vote', 15, { ky: 'Аткарылышын баалоо', ru: 'Оцениваем выполнение', en: 'Judge what was done' }),
    DISCUSS,
    REVIEW,
  ],
};

export const tows: Template = {
  id: 'tows',
  name: { ky: 'TOWS матрицасы', ru: 'Матрица TOWS', en: 'TOWS matrix' },
  about: {
    ky: 'Ички жана тышкы факторлорду жупташтырып, чечимдерди табуу.',
    ru: 'Соединяем внутренние и внешние факторы в варианты решений.',
    en: 'Pair what is inside with what is outside to find options.',
  },
  zones: [
    {
      id: 'so',
      name: {
        ky: 'Күчтүү жактар + мүмкүнчүлүктөр',
        ru: 'Сильные стороны + возможности',
        en: 'Strengths + opportunities',
      },
      icon: 'so',
      tint: 'green',
    },
    {
      id: 'wo',
      name: {
        ky: 'Алсыз жактар + мүмкүнчүлүктөр',
        ru: 'Слабые стороны + возможности',
        en: 'Weaknesses + opportunities',
      },
      icon: 'wo',
      tint: 'blue',
    },
    {
      id: 'st',
      name: { ky: 'Күчтүү жактар + коркунучтар', ru: 'Сильные стороны + угрозы', en: 'Strengths + threats' },
      icon: 'st',
      tint: 'yellow',
    },
    {
      id: 'wt',
      name: { ky: 'Алсыз жактар + коркунучтар', ru: 'Слабые стороны + угрозы', en: 'Weaknesses + threats' },
      icon: 'wt',
      tint: 'rose',
    },
  ],
  stages: [
    stage('pair', 30, { ky: 'Факторлорду жупташтыруу', ru: 'Соединяем факторы', en: 'Pair the factors' }),
    COLLECT,
    GROUP,
    DISCUSS,
    VOTE,
    REVIEW,
  ],
};

export const priorities: Template = {
  id: 'priorities',
  name: { ky: 'Артыкчылыктуу багыттар', ru: 'Приоритетные направления', en: 'Priority directions' },
  about: {
    ky: 'Стратегияга кире турган багыттарды тандоо.',
    ru: 'Отбор направлений, которые войдут в стратегию.',
    en: 'Choose the directions that go into the strategy.',
  },
  zones: [
    { id: 'options', name: { ky: 'Багыттар', ru: 'Направления', en: 'Directions' }, icon: 'option', tint: 'violet' },
  ],
  stages: [COLLECT, REVEAL, GROUP, DISCUSS, VOTE, REVIEW, CLOSE],
};

export const blank: Template = {
  id: 'blank',
  name: { ky: 'Бош такта', ru: 'Пустая доска', en: 'Blank board' },
  about: { ky: 'Бир аймак, каалаган тема.', ru: 'Одна область, любая тема.', en: 'One area, any subject.' },
  zones: [{ id: 'ideas', name: { ky: 'Ой-пикирлер', ru: 'Идеи', en: 'Ideas' }, icon: 'idea', tint: 'grey' }],
  stages: [COLLECT, REVEAL, GROUP, DISCUSS, VOTE, REVIEW],
};
