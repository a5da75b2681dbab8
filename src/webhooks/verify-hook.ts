/** Verifies who has sent an incoming webhook, over the bytes of its body and in constant time. */

import { createHash, timingSafeEqual } from 'node:crypto'
import { verify as verifyHmac } from '@octokit/webhooks-methods'
import { Webhook } from 'standardwebhooks'
import type { HookSecret } from '#base/hook-secrets.ts'
import type { Proof, VerifyProof } from '#http/hooks/forges.ts'

export function createVerifyProof(secrets: readonly HookSecret[]): VerifyProof {
  const known = secrets.map(({ scope, read }) => ({ scope, isKnown: createCheck(read()) }))
  return async (proof, body) => {
    const scopes: string[] = []
    // All are tried, so that the time does not tell which one matches.
    for (const { scope, isKnown } of known) if (await isKnown(proof, body)) scopes.push(scope)
    return scopes
  }
}

/** @param text - The secret. With `whsec_` it is base64 for Standard Webhooks, otherwise its bytes are the key. */
function createCheck(text: string): (proof: Proof, body: string) => Promise<boolean> {
  const webhook = createWebhook(text)
  const hasUser = text.includes(':')
  return async (proof, body) => {
    switch (proof.is) {
      case 'hmac':
        // The library throws for an empty body, which no forge sends.
        return body !== '' && (await verifyHmac(text, body, `sha256=${proof.hex}`))
      case 'standard':
        return isSigned(webhook, proof.headers, body)
      case 'secret':
        return isSame(text, proof.text)
      case 'basic':
        // A secret without a user is the password of any user.
        return isSame(text, hasUser ? proof.text : proof.text.replace(/^[^:]*:/, ''))
    }
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Compares digests, so that not even the length is told by the time. */
const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b))

/** `undefined` for a secret that is no key of Standard Webhooks. */
function createWebhook(text: string): Webhook | undefined {
  try {
    return text.startsWith('whsec_') ? new Webhook(text) : new Webhook(Buffer.from(text), { format: 'raw' })
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
