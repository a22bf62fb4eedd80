/** What is voted on for practice, at the door: nothing that anybody would mind. */
export const PRACTICE_CHOICES = ['tea', 'coffee', 'kymyz'] as const;
export type PracticeChoice = (typeof PRACTICE_CHOICES)[number];
