/**
 * How an area of the board looks: its icon and its tint, by the ids that the templates give. Areas differ by place, title
 * and icon first; the tint is only the third sign. An area we do not know is plain.
 */
import Award from '@lucide/svelte/icons/award';
import CloudLightning from '@lucide/svelte/icons/cloud-lightning';
import Construction from '@lucide/svelte/icons/construction';
import LayoutGrid from '@lucide/svelte/icons/layout-grid';
import Mountain from '@lucide/svelte/icons/mountain';
import Puzzle from '@lucide/svelte/icons/puzzle';
import Sunrise from '@lucide/svelte/icons/sunrise';
import Wheat from '@lucide/svelte/icons/wheat';
import type { Icon } from './icon.ts';

export type AreaTint = 'strengths' | 'weaknesses' | 'opportunities' | 'threats' | 'plain';

export interface AreaLook {
  readonly icon: Icon;
  /** The tokens are `--area-<tint>` and `--area-<tint>-ink`. */
  readonly tint: AreaTint;
}

const LOOKS: Readonly<Record<string, AreaLook>> = {
  strengths: { icon: Mountain, tint: 'strengths' },
  weaknesses: { icon: Puzzle, tint: 'weaknesses' },
  opportunities: { icon: Sunrise, tint: 'opportunities' },
  threats: { icon: CloudLightning, tint: 'threats' },
  achievements: { icon: Award, tint: 'strengths' },
  problems: { icon: Construction, tint: 'threats' },
  resources: { icon: Wheat, tint: 'weaknesses' },
};

export function areaLook(zoneId: string): AreaLook {
  return Object.hasOwn(LOOKS, zoneId) ? (LOOKS[zoneId] as AreaLook) : { icon: LayoutGrid, tint: 'plain' };
}
