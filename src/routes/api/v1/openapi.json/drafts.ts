/** The state of a strategy, its kept versions, and the work on its draft, in the description of the API. */
import * as b from '../draft-schemas.ts';
import * as d from './draft-answers.ts';
import { made, strategyMade } from './answers.ts';
import type { Operations } from './operation.ts';

export const DRAFTS: Operations = {
  '/snapshots/{id}/diff/{other}': {
    get: {
      summary: 'What changed from one snapshot to another: added, removed, reworded, moved, regrouped, ranked anew',
      who: 'members',
      answer: d.snapshotDiff,
    },
  },
  '/snapshots/{id}/restore': {
    post: {
      summary: 'A board of the snapshot as a new board of its workshop',
      who: 'facilitators and staff',
      body: b.restoring,
      done: [201],
      answer: made,
    },
  },
  '/strategies/{id}/status': {
    post: {
      summary:
        'Moves it on (sent, submitted, adopted), keeping a version, or back to the draft; adopted is frozen for good',
      who: 'staff',
      body: b.statusStep,
      answer: d.stepped,
      refused: [409, 422],
    },
  },
  '/strategies/{id}/versions/{version}/publish': {
    post: {
      summary: 'Makes the public page of a version, or takes it away',
      who: 'staff',
      body: b.publishing,
      answer: d.keptVersion,
    },
  },
  '/strategies/{id}/versions/{version}/restore': {
    post: {
      summary: 'A new strategy that begins with the text of a version',
      who: 'staff',
      done: [201],
      answer: strategyMade,
    },
  },
  '/strategies/{id}/members': {
    get: { summary: 'People invited to the draft by link', who: 'staff', answer: d.members },
    post: {
      summary: 'Invites somebody to write, suggest or comment; the link is told this once',
      who: 'staff',
      body: b.invitation,
      done: [201],
      answer: d.invited,
      refused: [422],
    },
  },
  '/strategies/{id}/members/{member}': {
    patch: { summary: 'Gives another duty', who: 'staff', body: b.changedDuty },
    delete: { summary: 'Takes the invitation back', who: 'staff' },
  },
  '/strategies/{id}/remarks': {
    get: {
      summary: 'Comments and suggestions, oldest first; for people invited to the draft too',
      who: 'facilitators and staff',
      answer: d.remarks,
    },
    post: {
      summary: 'Comments on the draft or a paragraph of it, or suggests a wording; for people invited to do so too',
      who: 'facilitators and staff',
      body: b.newRemark,
      done: [201],
      answer: made,
      refused: [409, 422],
    },
  },
  '/strategies/{id}/remarks/{remark}/replies': {
    post: {
      summary: 'Answers within a comment; for people invited to the draft too',
      who: 'facilitators and staff',
      body: b.reply,
      done: [201],
      answer: made,
      refused: [409, 422],
    },
  },
  '/strategies/{id}/remarks/{remark}/settle': {
    post: {
      summary: 'Resolves a comment, takes a suggestion in or turns it down, answers what was collected',
      who: 'facilitators and staff',
      body: b.settling,
      refused: [409, 422],
    },
  },
  '/strategies/{id}/sections': {
    get: {
      summary: 'Sections of the draft with their state and owner; for people invited to it too',
      who: 'facilitators and staff',
      answer: d.sections,
    },
  },
  '/strategies/{id}/sections/{section}': {
    patch: {
      summary: 'Sets the state or the owner of a section',
      who: 'staff',
      body: b.changedSection,
      refused: [422],
    },
  },
  '/strategies/{id}/support': {
    get: {
      summary: 'Paragraphs without a source, passages changed since the workshop, priorities that nothing takes up',
      who: 'facilitators and staff',
      answer: d.support,
    },
  },
  '/boards/{id}/notes/{note}/trace': {
    get: {
      summary: 'Where a note went: group, factor, option, votes, sections of the draft',
      who: 'members',
      answer: d.noteTrace,
    },
  },
  '/me/notes': {
    get: { summary: 'What became of my notes', who: 'participants', answer: d.ownNotes },
  },
  '/workshops/{id}/notes-link': {
    post: {
      summary: 'The private link to what became of my notes',
      who: 'participants',
      done: [201],
      answer: d.ownNotesLink,
    },
  },
};
