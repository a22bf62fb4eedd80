/** Workshops, the way in and boards in the description of the API. */
import * as v from 'valibot';
import * as s from '../schemas.ts';
import { archive } from '../voting-schemas.ts';
import * as a from './answers.ts';
import type { Operations } from './operation.ts';

export const PAGED = {
  q: { text: 'Words to look for', schema: v.pipe(v.string(), v.maxLength(200)) },
  cursor: { text: 'Where the last page ended', schema: v.string() },
  archived: { text: 'Those put away instead', schema: v.boolean() },
};

export const WORKSHOPS: Operations = {
  '/templates': {
    get: {
      summary: 'Templates with their areas and stages; for the crew those saved here too',
      who: 'anyone',
      answer: a.templates,
    },
    post: {
      summary: "Saves a workshop's boards and agenda as a template",
      who: 'facilitators',
      body: s.savedTemplate,
      done: [201],
      answer: a.made,
      refused: [404, 422],
    },
  },
  '/templates/{id}': { delete: { summary: 'Removes a saved template', who: 'facilitators' } },
  '/workshops/{id}/rehearsal': {
    post: {
      summary: 'A copy with simulated people, to rehearse on',
      who: 'facilitators',
      done: [201],
      answer: a.rehearsed,
      refused: [422],
    },
    put: { summary: 'Simulated people do what the stage asks', who: 'facilitators', answer: a.acted },
    delete: { summary: 'Wipes the rehearsal', who: 'facilitators' },
  },
  '/session': {
    post: {
      summary: 'Signs in; sets the session cookie',
      who: 'anyone',
      body: s.session,
      answer: a.signedIn,
      refused: [401, 403, 429],
    },
    delete: { summary: 'Ends the session', who: 'anyone' },
  },
  '/join': {
    post: {
      summary:
        'Joins by code or link; sets the cookie of the participant. With recovery, this device becomes somebody who is in already',
      who: 'anyone',
      body: s.join,
      done: [201],
      answer: a.joined,
      refused: [404, 409, 422, 429],
    },
  },
  '/workshops': {
    get: {
      summary: 'Workshops, newest first, page by page',
      who: 'facilitators and staff',
      query: PAGED,
      answer: a.workshops,
    },
    post: {
      summary: 'Makes a workshop from a template',
      who: 'facilitators and staff',
      body: s.newWorkshop,
      done: [201],
      answer: a.newWorkshopMade,
      refused: [404, 422],
    },
  },
  '/workshops/{id}': {
    get: { summary: 'A workshop; codes and links only for those who lead', who: 'members', answer: a.workshop },
    patch: {
      summary: 'Changes its title, door, rules of joining, strategy or status',
      who: 'facilitators and staff',
      body: s.changedWorkshop,
      refused: [422],
    },
    delete: { summary: 'Deletes it for good', who: 'facilitators and staff' },
  },
  '/workshops/{id}/archive': {
    post: { summary: 'Puts it away, or takes it out again', who: 'facilitators and staff', body: archive },
  },
  '/workshops/{id}/duplicate': {
    post: {
      summary: 'The same boards, stages and organisations, empty',
      who: 'facilitators and staff',
      done: [201],
      answer: a.newWorkshopMade,
    },
  },
  '/workshops/import': {
    post: {
      summary: 'A new workshop from an ashar.workshop/1 file of up to 10 MiB; a refusal names the place of the fault',
      who: 'facilitators and staff',
      body: s.workshopFile,
      done: [201],
      answer: a.newWorkshopMade,
      refused: [422],
    },
  },
  '/workshops/{id}/stage': {
    post: {
      summary: 'Sets the stage, its time and its flags',
      who: 'facilitators',
      body: s.stage,
      answer: a.revision,
      refused: [409],
    },
  },
  '/workshops/{id}/agenda': {
    get: { summary: 'The agenda with what each stage took so far', who: 'facilitators and staff', answer: a.agenda },
    put: {
      summary: 'The agenda as it shall be, in order: known stages by id, new ones by kind',
      who: 'facilitators',
      body: s.agenda,
      answer: a.agenda,
      refused: [409, 422],
    },
  },
  '/workshops/{id}/timer': {
    post: {
      summary: 'Starts, pauses, resumes, lengthens or ends the time of the stage',
      who: 'facilitators',
      body: s.timer,
      answer: a.revision,
      refused: [409],
    },
  },
  '/workshops/{id}/focus': {
    post: {
      summary: 'Calls every screen to a board, an area or a note',
      who: 'facilitators',
      body: s.focus,
      answer: a.revision,
      refused: [409, 422],
    },
  },
  '/workshops/{id}/signal': {
    post: { summary: 'Raises a hand, or says ready', who: 'participants', body: s.signal, refused: [409] },
  },
  '/workshops/{id}/hands': {
    get: { summary: 'Raised hands, first up first', who: 'facilitators and staff', answer: a.hands },
    delete: {
      summary: 'Takes one hand down, or all',
      who: 'facilitators',
      query: { person: { text: 'Whose hand; all where it is left out', schema: s.id } },
      refused: [409],
    },
  },
  '/boards/{id}/waiting': {
    get: {
      summary: 'How many notes wait for the reveal, by organisation where attributed',
      who: 'facilitators',
      answer: a.waiting,
    },
  },
  '/boards/{id}/inbox': {
    get: { summary: 'Notes of a moderated stage that wait for approval', who: 'facilitators', answer: a.inbox },
    post: {
      summary: 'Approves notes; with `onto`, into a group',
      who: 'facilitators',
      body: s.inbox,
      answer: a.approved,
    },
  },
  '/boards/{id}/inbox/{note}': {
    post: {
      summary: 'Sets a note aside, for a reason that its writer sees',
      who: 'facilitators',
      body: s.aside,
      refused: [422],
    },
  },
  '/boards/{id}/locks': {
    put: { summary: 'Locks areas and notes', who: 'facilitators', body: s.locks, answer: a.locks, refused: [409, 422] },
  },
  '/workshops/{id}/reveal': {
    post: { summary: 'Shows what was written in private', who: 'facilitators', body: s.reveal, answer: a.revealed },
  },
  '/workshops/{id}/participants': {
    get: { summary: 'Who is in the workshop', who: 'facilitators and staff', answer: a.people },
  },
  '/workshops/{id}/participants/{person}': {
    delete: { summary: 'Shows a person out; their token opens nothing any more', who: 'facilitators' },
  },
  '/workshops/{id}/recovery': {
    post: {
      summary: 'A code by which a second device becomes the caller',
      who: 'participants',
      done: [201],
      answer: a.recovery,
    },
  },
  '/workshops/{id}/leave': { post: { summary: 'This device forgets who took part on it', who: 'anyone' } },
  '/boards/{id}': {
    get: { summary: 'Notes and groups, as far as the caller may see them', who: 'members', answer: a.boardSeen },
  },
  '/boards/{id}/notes': {
    post: {
      summary: 'Writes a note; the same clientKey again is the same note (200)',
      who: 'members',
      body: s.newNote,
      done: [201, 200],
      answer: a.made,
      refused: [409, 422],
    },
  },
  '/boards/{id}/notes/{note}': {
    patch: {
      summary: 'Changes or moves a note',
      who: 'members',
      body: s.changedNote,
      answer: a.made,
      refused: [409, 422],
    },
    delete: { summary: 'Deletes a note', who: 'members', refused: [409] },
  },
  '/boards/{id}/groups': {
    post: {
      summary: 'Groups notes',
      who: 'members',
      body: s.newGroup,
      done: [201],
      answer: a.made,
      refused: [409, 422],
    },
  },
  '/boards/{id}/groups/{group}': {
    patch: {
      summary: 'Names a group, or adds notes to it',
      who: 'members',
      body: s.changedGroup,
      answer: a.made,
      refused: [409, 422],
    },
    delete: {
      summary: 'Takes a group apart',
      who: 'members',
      query: { notes: { text: 'Deletes its notes as well', schema: v.boolean() } },
      refused: [409],
    },
  },
};
