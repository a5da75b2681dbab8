/**
 * Seals git tokens with AES-256-GCM and a key derived from `DOCSPOOL_SECRET_KEY`. A sealed token is bound to its job, so it cannot
 * be opened if it is copied to another job.
 */

import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32
const KEY_ID_BYTES = 8
const SECRET_DIGITS = 32

export interface TokenSeal {
  /** Identifies the key without revealing anything about it. */
  readonly keyId: Buffer
  seal(jobId: string, token: string): Buffer
  /** @returns `undefined` if the token was sealed with another key or for another job, or is damaged. */
  open(jobId: string, sealed: Buffer): string | undefined
  /** 32 hex digits derived from the token and the URL of the repository; see `TokenKeeper.secretFor`. */
  secretFor(address: string, token: string): string
}

/** @param key - The value of `DOCSPOOL_SECRET_KEY`, 32 bytes. */
export function createTokenSeal(key: Buffer): TokenSeal {
  const derive = (purpose: string, length: number): Buffer =>
    Buffer.from(hkdfSync('sha256', key, '', `docspool ${purpose}`, length))
  const sealKey = derive('git tokens', KEY_BYTES)
  const secretKey = derive('private jobs', KEY_BYTES)

  return {
    keyId: derive('key id', KEY_ID_BYTES),

    seal(jobId, token) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(CIPHER, sealKey, nonce, { authTagLength: TAG_BYTES })
      cipher.setAAD(Buffer.from(jobId))
      const body = Buffer.concat([cipher.update(token, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body])
    },

    open(jobId, sealed) {
      if (sealed.length < NONCE_BYTES + TAG_BYTES) return undefined
      const decipher = createDecipheriv(CIPHER, sealKey, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      decipher.setAAD(Buffer.from(jobId))
      decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
      const body = sealed.subarray(NONCE_BYTES + TAG_BYTES)
      try {
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
      } catch {
        return undefined
      }
    },

    secretFor: (address, token) =>
      createHmac('sha256', secretKey).update(`${address}\0${token}`).digest('hex').slice(0, SECRET_DIGITS),
  }
}
