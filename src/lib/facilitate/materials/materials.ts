/** What a stage brings along, as commands of the facilitator's page: each one call of the API. */
import type { Material } from '#core/room/room.ts';
import { api } from '$lib/http/api.ts';
import { toast } from '$lib/ui/toast.ts';
import { m } from '#messages/messages.js';
import type { Lead } from '../lead.svelte.ts';

export class LedMaterials {
  readonly #lead: Lead;

  constructor(lead: Lead) {
    this.#lead = lead;
  }

  get #path() {
    return `/workshops/${this.#lead.workshop.id}`;
  }

  async addFiles(stageId: string, files: readonly File[]): Promise<void> {
    for (const file of files) {
      // A file that was picked while another command runs waits for it: nothing is dropped in silence.
      while (this.#lead.busy !== null) await new Promise((resolve) => setTimeout(resolve, 50));
      const query = new URLSearchParams({ stage: stageId, name: file.name });
      const added = await this.#lead.run('file', () => api<Material>('POST', `${this.#path}/files?${query}`, file));
      if (added === null) return;
      toast(m.material_uploaded({ title: added.title }), { tone: 'good', key: 'file' });
    }
  }
  async addLink(stageId: string, title: string, url: string): Promise<boolean> {
    const asked = { stageId, title, url };
    return (await this.#lead.run('link', () => api('POST', `${this.#path}/materials`, asked))) !== null;
  }
  remove(stageId: string, url: string): Promise<unknown> {
    return this.#lead.run('unfile', () => api('DELETE', `${this.#path}/materials`, { stageId, url }));
  }
  show(stageId: string, position: number | null): Promise<unknown> {
    return this.#lead.run('slide', () => api('PUT', `${this.#path}/slide`, { stageId, position }));
  }
}
