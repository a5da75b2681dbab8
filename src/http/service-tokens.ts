/** The tokens of the service, and sessions derived from them. Sessions are signed, not stored. */

export interface Tokens {
  /** Compares in constant time. */
  accepts(text: string): Promise<boolean>
  /** Create a session that expires at this time, or when the first token is removed. */
  issue(endsMs: number): Promise<string>
  /** True for a session created with one of the tokens that has not expired. */
  admits(session: string, nowMs: number): Promise<boolean>
}

const encoder = new TextEncoder()
const SESSION = /^(\d{13})\.([0-9a-f]{32})\.([0-9a-f]{64})$/

/** @param tokens - At least one. */
export function createTokens(tokens: readonly [string, ...string[]]): Tokens {
  const digests = tokens.map(digestOf)
  const keys = tokens.map(keyOf)
  return {
    async accepts(text) {
      const digest = await digestOf(text)()
      let isAccepted = false
      for (const read of digests) isAccepted = isSame(digest, await read()) || isAccepted
      return isAccepted
    },
    async issue(endsMs) {
      const nonce = toHex(crypto.getRandomValues(new Uint8Array(16)))
      const [key = keyOf('')] = keys
      const mac = await crypto.subtle.sign('HMAC', await key(), signedPart(String(endsMs), nonce))
      return `${endsMs}.${nonce}.${toHex(new Uint8Array(mac))}`
    },
    async admits(session, nowMs) {
      const [, ends, nonce, mac] = SESSION.exec(session) ?? []
      if (ends === undefined || nonce === undefined || mac === undefined || Number(ends) <= nowMs) return false
      const bytes = Uint8Array.from(mac.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
      for (const key of keys) {
        if (await crypto.subtle.verify('HMAC', await key(), bytes, signedPart(ends, nonce))) return true
      }
      return false
    },
  }
}

const signedPart = (ends: string, nonce: string) => encoder.encode(`docspool session 1 ${ends} ${nonce}`)

/** Returns a function that computes the SHA-256 once, at the first request, because some runtimes forbid it earlier. */
function digestOf(text: string): () => Promise<Uint8Array> {
  let digest: Promise<Uint8Array> | undefined
  return () => {
    digest ??= crypto.subtle.digest('SHA-256', encoder.encode(text)).then((buffer) => new Uint8Array(buffer))
    return digest
  }
}

function keyOf(token: string): () => Promise<CryptoKey> {
  let key: Promise<CryptoKey> | undefined
  return () => {
    const algorithm = { name: 'HMAC', hash: 'SHA-256' }
    key ??= crypto.subtle.importKey('raw', encoder.encode(token), algorithm, false, ['sign', 'verify'])
    return key
  }
}

/** Compares all bytes, in constant time. */
function isSame(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length
  for (const [index, byte] of a.entries()) difference |= byte ^ (b[index] ?? 0)
  return difference === 0
}

const toHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
