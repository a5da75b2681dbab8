/** Settings for private repositories: git tokens, SSH keys, and whether their documents are private. */

import { existsSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { type GitTokens, parseGitTokens } from './git-tokens.ts'
import { readPrivateFile } from './private-file.ts'
import { BadConfiguration, list } from './setting-forms.ts'

/** What SSH is spoken with. Absolute paths. */
export interface SshSettings {
  /** Private key without a passphrase. */
  keyFile: string
  /** In the form of known_hosts(5). */
  knownHostsFile: string
}

/** A part of the table of settings; see `config.ts`. */
export const GitSettings = {
  DOCSPOOL_GIT_TOKENS: list('').describe(
    'Tokens for private repositories: `host=token`, also `host/owner=token` and `host=user:token`, with `,` between; no flag. All who may submit can document what they open',
  ),
  DOCSPOOL_GIT_TOKENS_FILE: z
    .string()
    .optional()
    .describe('File (mode 0600) with tokens for private repositories, one a line, as `host=token`; read for each job'),
  DOCSPOOL_SSH_KEY_FILE: z
    .string()
    .optional()
    .describe('Private key (mode 0600) for `ssh://git@host/path` and `git@host:path`; with the next setting'),
  DOCSPOOL_SSH_KNOWN_HOSTS_FILE: z
    .string()
    .optional()
    .describe('Keys of the hosts that SSH may speak with, as in `known_hosts`'),
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

/**
 * Read a file of tokens: one `host=token` a line; lines that begin with `#` are left out.
 *
 * @throws {BadConfiguration} It cannot be read, or others than its owner can.
 */
function readGitTokensFile(file: string, name: string): GitTokens {
  const lines = readPrivateFile(file, name).split(/\r?\n/)
  return parseGitTokens(
    lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#')),
    name,
  )
}

/**
 * @param env - Of `GitSettings`.
 * @returns `null` when SSH is not set up.
 * @throws {BadConfiguration} One of the two is missing, or a file cannot be used.
 */
export function readSsh(env: z.infer<z.ZodObject<typeof GitSettings>>): SshSettings | null {
  const { DOCSPOOL_SSH_KEY_FILE: key = '', DOCSPOOL_SSH_KNOWN_HOSTS_FILE: known = '' } = env
  if (key === '' && known === '') return null
  if (key === '' || known === '') {
    const missing = key === '' ? 'DOCSPOOL_SSH_KEY_FILE' : 'DOCSPOOL_SSH_KNOWN_HOSTS_FILE'
    throw new BadConfiguration(`${missing} is missing; SSH needs a key and the known hosts`)
  }
  const settings = { keyFile: path.resolve(key), knownHostsFile: path.resolve(known) }
  readPrivateFile(settings.keyFile, 'DOCSPOOL_SSH_KEY_FILE')
  if (!existsSync(settings.knownHostsFile)) {
    throw new BadConfiguration(`DOCSPOOL_SSH_KNOWN_HOSTS_FILE: ${settings.knownHostsFile} does not exist`)
  }
  const odd = Object.values(settings).find((file) => /["\n]/.test(file))
  if (odd !== undefined)
    throw new BadConfiguration(`DOCSPOOL_SSH_KEY_FILE: ssh takes no path such as ${JSON.stringify(odd)}`)
  return settings
}
