/** Settings for followed repositories and incoming webhooks. */

import type { z } from 'zod'
import { type HookSecrets, parseHookSecrets } from './hook-secrets.ts'
import { list, whole } from './setting-types.ts'

/** Settings by environment variable, in the order and with the text of docs/settings.md. */
export const FollowSettings = {
  DOCSPOOL_MAX_FOLLOWS: whole(1_000, 0, 100_000).describe('Repositories that may be followed; 0 for none'),
  DOCSPOOL_KEPT_OBJECTS_MB: whole(2_048, 0, 1_048_576).describe(
    'Space for git objects of followed repositories, so that versions share one clone; 0 keeps none',
  ),
  DOCSPOOL_HOOK_SECRETS: list('').describe(
    'Secrets of incoming webhooks: `host=secret`, also `host/owner=secret`, at least 16 characters, separated by `,`; during a rotation, two secrets per scope; cannot be given as a flag; without a secret, webhooks are refused',
  ),
  DOCSPOOL_HOOKS_PER_MINUTE: whole(600, 0, 1e9).describe('Webhooks from one address; 0 for no limit'),
}

export interface FollowConfig {
  maxFollows: number
  /** Space for git objects of followed repositories; 0 keeps none. */
  keptObjectBytes: number
  hookSecrets: HookSecrets
  /** Limit for one address; 0 for no limit. */
  hooksPerMinute: number
}

/**
 * @param env - The parsed `FollowSettings`.
 * @throws {BadConfiguration} The message does not contain a secret.
 */
export function readFollowSettings(env: z.infer<z.ZodObject<typeof FollowSettings>>): FollowConfig {
  return {
    maxFollows: env.DOCSPOOL_MAX_FOLLOWS,
    keptObjectBytes: env.DOCSPOOL_KEPT_OBJECTS_MB * 1_048_576,
    hookSecrets: parseHookSecrets(env.DOCSPOOL_HOOK_SECRETS),
    hooksPerMinute: env.DOCSPOOL_HOOKS_PER_MINUTE,
  }
}
