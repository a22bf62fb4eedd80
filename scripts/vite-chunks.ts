/**
 * What a participant's phone loads comes in few files: one for the door, one more for the room. Without this the
 * bundler makes a hundred small ones, and on a weak network each costs a round trip. What is imported on demand stays
 * apart, and so do the pages of facilitators and staff.
 */
import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { groupOf } from './vite-words.ts';

interface Graph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

const STEPS = [
  {
    name: 'door',
    roots: ['src/routes/+layout.svelte', 'src/routes/+error.svelte', 'src/routes/join/[code]/+page.svelte'],
  },
  { name: 'room', roots: ['src/routes/w/[workshop]/+layout.svelte', 'src/routes/w/[workshop]/+page.svelte'] },
] as const;
/** Kit's own start, which every page needs. */
const START = ['node_modules/@sveltejs/kit/src/runtime/client/entry.js', '.svelte-kit/generated/root.svelte'];

/** Which step first needs each module. */
function reach(graph: Graph): Map<string, string> {
  const steps = new Map<string, string>();
  for (const { name, roots } of STEPS) {
    const open = [...(name === 'door' ? START : []), ...roots].map((path) => resolve(path));
    for (const root of roots)
      if (!graph.getModuleInfo(resolve(root))) throw new Error(`${root}, which a phone loads, is not in the build`);
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (steps.has(id)) continue;
      const info = graph.getModuleInfo(id);
      if (!info) continue;
      steps.set(id, name);
      open.push(...info.importedIds);
    }
  }
  return steps;
}

/** The catalogue's index reaches every message; a phone has use for the room's. */
function saysOffice(id: string): boolean {
  const key = /src\/messages\/messages\/(\w+)\.js$/.exec(id)?.[1];
  return id.endsWith('virtual:say/office') || (key !== undefined && key !== '_index' && groupOf(key) === 'office');
}

export function fewFiles(): Plugin {
  let steps: Map<string, string> | undefined;
  return {
    name: 'ashar-few-files',
    apply: 'build',
    configEnvironment(name) {
      if (name !== 'client') return undefined;
      const codeSplitting = {
        groups: [
          // What all share, before the others, which would take it along with the first module that reaches it.
          {
            name: 'base',
            priority: 2,
            test: /preload-helper|src\/(lib\/i18n\/words-loading\.ts|messages\/(runtime|registry)\.js)$/,
          },
          { name: 'office-words', priority: 1, test: saysOffice },
          { name: (id: string, graph: Graph) => (steps ??= reach(graph)).get(id) ?? null },
        ],
      };
      return { build: { rolldownOptions: { output: { codeSplitting } } } };
    },
  };
}
