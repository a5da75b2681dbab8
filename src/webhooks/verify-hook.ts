/** Verifies the signatures or tokens of incoming webhooks in constant time. */

import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { verify as verifyHmac } from '@octokit/webhooks-methods'
import { Webhook } from 'standardwebhooks'
import type { HookSecret } from '#base/hook-secrets.ts'
import type { Proof, VerifyProof } from '#http/hooks/forges.ts'

export function createVerifyProof(secrets: readonly HookSecret[]): VerifyProof {
  const known = secrets.map(({ scope, read }) => ({ scope, isKnown: createCheck(read()) }))
  return async (proof, body) => {
    const scopes: string[] = []
    // Tries all secrets, so that the time does not reveal which one matches.
    for (const { scope, isKnown } of known) if (await isKnown(proof, body)) scopes.push(scope)
    return scopes
  }
}

/**
 * @param text - The secret. After the prefix `whsec_`, it is a base64 key of Standard Webhooks; otherwise its bytes are
 *   the key.
 */
function createCheck(text: string): (proof: Proof, body: string) => Promise<boolean> {
  const isSigned = createSignatureCheck(text)
  const hasUser = text.includes(':')
  return async (proof, body) => {
    switch (proof.is) {
      case 'hmac':
        // The library throws for an empty body, which no host sends.
        return body !== '' && (await verifyHmac(text, body, `sha256=${proof.hex}`))
      case 'standard':
        return isSigned(proof.headers, body)
      case 'secret':
        return isSame(text, proof.text)
      case 'basic':
        // A secret without a user name matches any user.
        return isSame(text, hasUser ? proof.text : proof.text.replace(/^[^:]*:/, ''))
    }
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Compares digests, so that the time does not reveal the length of the secret either. */
const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b))

/**
 * Checks deliveries of Standard Webhooks: a valid signature, at most five minutes old. The library computes its HMAC in JavaScript,
 * in tens of milliseconds for a large body, so it sees only what has a valid HMAC already.
 */
function createSignatureCheck(text: string): (headers: Record<string, string>, body: string) => boolean {
  const isEncoded = text.startsWith('whsec_')
  const key = isEncoded ? Buffer.from(text.slice('whsec_'.length), 'base64') : Buffer.from(text)
  const webhook = createWebhook(isEncoded ? text : key)
  return (headers, body) => {
    const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signatures = '' } = headers
    const expected = `v1,${createHmac('sha256', key).update(`${id}.${time}.`).update(body).digest('base64')}`
    if (webhook === undefined || !signatures.split(' ').some((one) => isSame(one, expected))) return false
    try {
      webhook.verify(body, headers, { jsonParse: false })
      return true
    } catch {
      return false
    }
  }
}

/** @returns `undefined` if the secret is not a valid key for Standard Webhooks. */
function createWebhook(secret: string | Buffer): Webhook | undefined {
  try {
    return typeof secret === 'string' ? new Webhook(secret) : new Webhook(secret, { format: 'raw' })
  } catch {
    return undefined
  }
}
