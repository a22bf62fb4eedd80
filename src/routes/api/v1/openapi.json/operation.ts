/** One operation of the API as the description needs it: who may, what goes in, what comes out, how it is refused. */
import type * as v from 'valibot';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

export interface Operation {
  readonly summary: string;
  /** `anyone` needs no identity; everything else a bearer token or a cookie. */
  readonly who: 'anyone' | 'members' | 'voters' | 'participants' | 'facilitators' | 'staff' | 'facilitators and staff';
  readonly query?: Readonly<
    Record<string, { readonly text: string; readonly schema: v.GenericSchema; readonly required?: true }>
  >;
  readonly body?: v.GenericSchema;
  /** Any bytes in place of a JSON body: a file, of one of these types. */
  readonly upload?: readonly string[];
  /** Statuses of success, the usual one first; 200 where left out. */
  readonly done?: readonly number[];
  /** JSON that comes back; `{}` where left out. */
  readonly answer?: v.GenericSchema;
  /** Media types in place of JSON, where a document comes back. */
  readonly file?: readonly string[];
  /** Statuses of refusal beside those that follow from the rest: 409, 422, 429, and 404 where no path says it. */
  readonly refused?: readonly number[];
}

/** By path below /api/v1, with parameters in braces as the folders name them in brackets. */
export type Operations = Readonly<Record<string, Readonly<Partial<Record<Method, Operation>>>>>;
