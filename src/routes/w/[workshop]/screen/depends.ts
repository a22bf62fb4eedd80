/** What the projector depends on beside the room: the door and the ways in. Read again now and then. */
export const SCREEN = 'ashar:screen';
