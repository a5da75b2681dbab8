/** Settings for repositories that are not public: tokens of hosts, keys for SSH, and who may see what is made of them. */

import { z } from 'zod'
import { type GitTokens, parseGitTokens, readGitTokensFile } from './git-tokens.ts'
import { BadConfiguration, list } from './setting-forms.ts'

/** A part of the table of settings; see `config.ts`. */
export const GitSettings = {
  DOCSPOOL_GIT_TOKENS: list('').describe(
    'Tokens for private repositories: `host=token`, also `host/owner=token` and `host=user:token`, with `,` between; no flag. All who may submit can document what they open',
  ),
  DOCSPOOL_GIT_TOKENS_FILE: z
    .string()
    .optional()
    .describe('The same from a file (mode 0600), one a line; read for each job'),
  DOCSPOOL_PRIVATE_DOCS: z
    .enum(['link', 'shared'], { error: 'expected link or shared' })
    .default('link')
    .describe(
      'Documents of a job with `X-Git-Token`: `link` for those who have its address, in no list; `shared` like all others',
    ),
}

export type PrivateDocs = 'link' | 'shared'

/**
 * @param env - Of `GitSettings`.
 * @throws {BadConfiguration}
 */
export function readGitTokens(env: z.infer<z.ZodObject<typeof GitSettings>>): GitTokens {
  const file = env.DOCSPOOL_GIT_TOKENS_FILE ?? ''
  const items = env.DOCSPOOL_GIT_TOKENS
  if (file === '') return parseGitTokens(items, 'DOCSPOOL_GIT_TOKENS')
  if (items.length > 0) {
    throw new BadConfiguration('DOCSPOOL_GIT_TOKENS and DOCSPOOL_GIT_TOKENS_FILE are both set; expected one of them')
  }
  return readGitTokensFile(file, 'DOCSPOOL_GIT_TOKENS_FILE')
}
