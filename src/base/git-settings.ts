/** Settings for private repositories: git tokens, SSH keys, and whether their documents are private. */

import { existsSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { type GitTokens, parseGitTokens } from './git-tokens.ts'
import { readPrivateFile } from './private-file.ts'
import { BadConfiguration, list } from './setting-types.ts'

/** Files for SSH connections. Absolute paths. */
export interface SshSettings {
  /** Private key without a passphrase. */
  keyFile: string
  /** Format: known_hosts(5). */
  knownHostsFile: string
}

/** Settings by environment variable, in the order and with the text of docs/settings.md. */
export const GitSettings = {
  DOCSPOOL_GIT_TOKENS: list('').describe(
    'Tokens for private repositories: `host=token`, also `host/owner=token` and `host=user:token`, separated by `,`; cannot be given as a flag. All who may submit can document these repositories',
  ),
  DOCSPOOL_GIT_TOKENS_FILE: z
    .string()
    .optional()
    .describe(
      'File (mode 0600) with tokens for private repositories, one per line, as `host=token`; read for each job',
    ),
  DOCSPOOL_SSH_KEY_FILE: z
    .string()
    .optional()
    .describe('Private key (mode 0600) for `ssh://git@host/path` and `git@host:path`; needs the next setting'),
  DOCSPOOL_SSH_KNOWN_HOSTS_FILE: z
    .string()
    .optional()
    .describe('Keys of the hosts that SSH may connect to, in the format of `known_hosts`'),
  DOCSPOOL_PRIVATE_DOCS: z
    .enum(['link', 'shared'], { error: 'expected link or shared' })
    .default('link')
    .describe(
      'Documents of a job with `X-Git-Token`: `link`, unlisted, for those who have the link; `shared`, like all others',
    ),
}

export type PrivateDocs = 'link' | 'shared'

/**
 * @param env - The parsed `GitSettings`.
 * @throws {BadConfiguration}
 */
export function readGitTokens(env: z.infer<z.ZodObject<typeof GitSettings>>, spoolDir: string): GitTokens {
  const file = env.DOCSPOOL_GIT_TOKENS_FILE ?? ''
  const items = env.DOCSPOOL_GIT_TOKENS
  if (file === '') return parseGitTokens(items, 'DOCSPOOL_GIT_TOKENS')
  if (items.length > 0) {
    throw new BadConfiguration('DOCSPOOL_GIT_TOKENS and DOCSPOOL_GIT_TOKENS_FILE are both set; expected one of them')
  }
  return readGitTokensFile(file, 'DOCSPOOL_GIT_TOKENS_FILE', spoolDir)
}

/**
 * Read a file of tokens: one `host=token` per line; lines that begin with `#` are comments.
 *
 * @param name - The name of the setting, for error messages.
 * @throws {BadConfiguration} The file is invalid or cannot be read, or other users can read or write it.
 */
function readGitTokensFile(file: string, name: string, spoolDir: string): GitTokens {
  const lines = readPrivateFile(file, name, spoolDir).split(/\r?\n/)
  return parseGitTokens(
    lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#')),
    name,
  )
}

/**
 * @param env - The parsed `GitSettings`.
 * @returns `null` when SSH is not configured.
 * @throws {BadConfiguration} One of the two settings is missing, or a file cannot be used.
 */
export function readSsh(env: z.infer<z.ZodObject<typeof GitSettings>>, spoolDir: string): SshSettings | null {
  const { DOCSPOOL_SSH_KEY_FILE: key = '', DOCSPOOL_SSH_KNOWN_HOSTS_FILE: known = '' } = env
  if (key === '' && known === '') return null
  if (key === '' || known === '') {
    const missing = key === '' ? 'DOCSPOOL_SSH_KEY_FILE' : 'DOCSPOOL_SSH_KNOWN_HOSTS_FILE'
    throw new BadConfiguration(`${missing} is missing; SSH needs a key and the known hosts`)
  }
  const settings = { keyFile: path.resolve(key), knownHostsFile: path.resolve(known) }
  readPrivateFile(settings.keyFile, 'DOCSPOOL_SSH_KEY_FILE', spoolDir)
  if (!existsSync(settings.knownHostsFile)) {
    throw new BadConfiguration(`DOCSPOOL_SSH_KNOWN_HOSTS_FILE: ${settings.knownHostsFile} does not exist`)
  }
  const paths = [
    ['DOCSPOOL_SSH_KEY_FILE', settings.keyFile],
    ['DOCSPOOL_SSH_KNOWN_HOSTS_FILE', settings.knownHostsFile],
  ] as const
  for (const [name, file] of paths) {
    if (/["\n]/.test(file))
      throw new BadConfiguration(`${name}: ssh does not accept a path such as ${JSON.stringify(file)}`)
  }
  return settings
}
