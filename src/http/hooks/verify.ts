/** Verifies who has sent a webhook, over the bytes of its body and in constant time. */

import { verify as verifyHmac } from '@octokit/webhooks-methods'
import { Webhook } from 'standardwebhooks'
import type { HookSecret } from '#base/hook-secrets.ts'
import { createTokens } from '#http/service-tokens.ts'
import type { Proof } from './forges.ts'

/** @returns Those secrets that the sender knows. */
export type VerifyProof = (proof: Proof, body: string) => Promise<HookSecret[]>

export function createVerifyProof(secrets: readonly HookSecret[]): VerifyProof {
  const known = secrets.map((secret) => ({ secret, isKnown: createCheck(secret.read()) }))
  return async (proof, body) => {
    const found: HookSecret[] = []
    // All are tried, so that the time does not tell which one matches.
    for (const { secret, isKnown } of known) if (await isKnown(proof, body)) found.push(secret)
    return found
  }
}

/** @param text - The secret. With `whsec_` it is base64 for Standard Webhooks, otherwise its bytes are the key. */
function createCheck(text: string): (proof: Proof, body: string) => Promise<boolean> {
  const whole = createTokens([text])
  const password = createTokens([text.replace(/^[^:]*:/, '')])
  const webhook = createWebhook(text)
  return async (proof, body) => {
    switch (proof.is) {
      case 'hmac':
        return body !== '' && (await verifyHmac(text, body, `sha256=${proof.hex}`))
      case 'standard':
        return isSigned(webhook, proof.headers, body)
      case 'secret':
        return await whole.accepts(proof.text)
      case 'basic': {
        // A secret without a user is the password of any user.
        const given = text.includes(':') ? proof.text : proof.text.replace(/^[^:]*:/, '')
        return await (text.includes(':') ? whole : password).accepts(given)
      }
    }
  }
}

/** `undefined` for a secret that is no key of Standard Webhooks. */
function createWebhook(text: string): Webhook | undefined {
  try {
    return text.startsWith('whsec_')
      ? new Webhook(text)
      : new Webhook(new TextEncoder().encode(text), { format: 'raw' })
  } catch {
    return undefined
  }
}

/** Deliveries that are older than five minutes are refused. */
function isSigned(webhook: Webhook | undefined, headers: Record<string, string>, body: string): boolean {
  try {
    webhook?.verify(body, headers, { jsonParse: false })
    return webhook !== undefined
  } catch {
    return false
  }
}
