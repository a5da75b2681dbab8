/** Settings for outgoing webhooks: signing secrets and allowed hosts. */

import type { z } from 'zod'
import { BadConfiguration, list } from './setting-types.ts'

/** Settings by environment variable, in the order and with the text of docs/settings.md. */
export const WebhookSettings = {
  DOCSPOOL_WEBHOOK_SECRET: list('').describe(
    'Key that signs webhooks: `whsec_` and 24 to 64 bytes in base64; during a rotation, two keys separated by `,`; cannot be given as a flag; without it, `callback_url` is refused',
  ),
  DOCSPOOL_CALLBACK_HOSTS: list('*').describe(
    'Hosts allowed in `callback_url`; `host:port` allows a port, `*` every public host at port 443',
  ),
}

export interface WebhookConfig {
  /** Signing keys of 24 to 64 bytes; if there are none, `callback_url` is refused. */
  webhookSecrets: readonly Uint8Array[]
  /** Allowed hosts in lower case: `host`, `host:port` or `*`. */
  callbackHosts: readonly string[]
}

const MAX_SECRETS = 2
const HOST = /^(?:\*|(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?)$/

/**
 * @param env - The parsed `WebhookSettings`.
 * @throws {BadConfiguration} The message does not contain the secret.
 */
export function readWebhooks(env: z.infer<z.ZodObject<typeof WebhookSettings>>): WebhookConfig {
  const texts = env.DOCSPOOL_WEBHOOK_SECRET
  const callbackHosts = env.DOCSPOOL_CALLBACK_HOSTS.map((host) => host.toLowerCase())
  const invalidHost = callbackHosts.find((host) => !HOST.test(host))
  if (invalidHost !== undefined) {
    throw new BadConfiguration(
      `DOCSPOOL_CALLBACK_HOSTS: expected host names such as hooks.example.org or hooks.example.org:8443, found ${JSON.stringify(invalidHost)}`,
    )
  }
  if (texts.length > MAX_SECRETS) {
    throw new BadConfiguration(`DOCSPOOL_WEBHOOK_SECRET: expected at most ${MAX_SECRETS} secrets`)
  }
  return { webhookSecrets: texts.map(secretOf), callbackHosts }
}

function secretOf(text: string): Uint8Array {
  const base64 = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text)?.[1] ?? ''
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.length < 24 || bytes.length > 64) {
    throw new BadConfiguration(
      'DOCSPOOL_WEBHOOK_SECRET: expected whsec_ and 24 to 64 bytes in base64, such as `echo whsec_$(openssl rand -base64 32)` prints',
    )
  }
  return bytes
}
