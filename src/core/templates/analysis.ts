/** Templates of analysis: the situation, SWOT, PESTLE. */
import { CLOSE, COLLECT, DISCUSS, GROUP, REVEAL, REVIEW, VOTE, WELCOME } from './stages.ts';
import type { Template } from './types.ts';

export const situation: Template = {
  id: 'situation',
  name: { ky: 'Кырдаалды талдоо', ru: 'Анализ ситуации', en: 'Situation analysis' },
  about: {
    ky: 'Эмнеге жетиштик, эмне тоскоол болууда, эмнеге таянабыз.',
    ru: 'Чего достигли, что мешает, на что опираемся.',
    en: 'What was achieved, what stands in the way, what there is to build on.',
  },
  zones: [
    {
      id: 'achievements',
      name: { ky: 'Жетишкендиктер', ru: 'Достижения', en: 'Achievements' },
      icon: 'achievement',
      tint: 'green',
    },
    { id: 'problems', name: { ky: 'Көйгөйлөр', ru: 'Проблемы', en: 'Problems' }, icon: 'problem', tint: 'rose' },
    { id: 'resources', name: { ky: 'Ресурстар', ru: 'Ресурсы', en: 'Resources' }, icon: 'resource', tint: 'blue' },
  ],
  stages: [COLLECT, REVEAL, GROUP, DISCUSS],
};

export const swot: Template = {
  id: 'swot',
  name: { ky: 'SWOT талдоо', ru: 'SWOT-анализ', en: 'SWOT analysis' },
  about: {
    ky: 'Күчтүү жана алсыз жактар, мүмкүнчүлүктөр жана коркунучтар.',
    ru: 'Сильные и слабые стороны, возможности и угрозы.',
    en: 'Strengths, weaknesses, opportunities and threats.',
  },
  zones: [
    {
      id: 'strengths',
      name: { ky: 'Күчтүү жактар', ru: 'Сильные стороны', en: 'Strengths' },
      icon: 'strength',
      tint: 'green',
    },
    {
      id: 'weaknesses',
      name: { ky: 'Алсыз жактар', ru: 'Слабые стороны', en: 'Weaknesses' },
      icon: 'weakness',
      tint: 'rose',
    },
    {
      id: 'opportunities',
      name: { ky: 'Мүмкүнчүлүктөр', ru: 'Возможности', en: 'Opportunities' },
      icon: 'opportunity',
      tint: 'blue',
    },
    { id: 'threats', name: { ky: 'Коркунучтар', ru: 'Угрозы', en: 'Threats' }, icon: 'threat', tint: 'yellow' },
  ],
  stages: [WELCOME, COLLECT, REVEAL, GROUP, DISCUSS, VOTE, REVIEW, CLOSE],
};

export const pestle: Template = {
  id: 'pestle',
  name: { ky: 'PESTLE талдоо', ru: 'PESTLE-анализ', en: 'PESTLE analysis' },
  about: {
    ky: 'Тышкы чөйрөнүн алты жагы.',
    ru: 'Шесть сторон внешней среды.',
    en: 'Six sides of the world outside.',
  },
  zones: [
    {
      id: 'political',
      name: { ky: 'Саясий факторлор', ru: 'Политические факторы', en: 'Political' },
      icon: 'political',
      tint: 'rose',
    },
    {
      id: 'economic',
      name: { ky: 'Экономикалык факторлор', ru: 'Экономические факторы', en: 'Economic' },
      icon: 'economic',
      tint: 'yellow',
    },
    {
      id: 'social',
      name: { ky: 'Социалдык факторлор', ru: 'Социальные факторы', en: 'Social' },
      icon: 'social',
      tint: 'blue',
    },
    {
      id: 'technological',
      name: { ky: 'Технологиялык факторлор', ru: 'Технологические факторы', en: 'Technological' },
      icon: 'technological',
      tint: 'violet',
    },
    {
      id: 'legal',
      name: { ky: 'Укуктук факторлор', ru: 'Правовые факторы', en: 'Legal' },
      icon: 'legal',
      tint: 'grey',
    },
    {
      id: 'environmental',
      name: { ky: 'Экологиялык факторлор', ru: 'Экологические факторы', en: 'Environmental' },
      icon: 'environmental',
      tint: 'green',
    },
  ],
  stages: [COLLECT, REVEAL, GROUP, DISCUSS, VOTE, REVIEW],
};
