/**
 * Identifies the forge that sends a webhook and the proof of its sender, from the headers alone. Gitea and Forgejo are checked
 * before GitHub, whose headers they send as well.
 */

export type Forge = 'gitea' | 'gitlab' | 'bitbucket' | 'github' | 'azure' | 'plain'

/** How a webhook is authenticated. */
export type Proof =
  /** HMAC-SHA256 of the body in hex. */
  | { is: 'hmac'; hex: string }
  /** Standard Webhooks. */
  | { is: 'standard'; headers: Record<string, string> }
  /** The secret itself. */
  | { is: 'secret'; text: string }
  /** HTTP Basic, decoded: `user:password`. */
  | { is: 'basic'; text: string }

/** Returns the scopes of the secrets that the sender has proved to know. */
export type VerifyProof = (proof: Proof, body: string) => Promise<string[]>

export interface HookSource {
  forge: Forge
  /** The kind of event, if a header names it. */
  event: string
  /** `undefined` if the webhook is not authenticated. */
  proof: Proof | undefined
}

type ReadHeader = (name: string) => string | undefined

const HEX = /^(?:sha256=)?([0-9a-f]{64})$/i
/** A signature with the version of its scheme. */
const isSignature = (text: string): boolean => /^v\d[a-z]?,[A-Za-z0-9+/]{1,200}={0,2}$/.test(text)
const STANDARD = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const
/** Maximum number of signatures in a header: senders add one for each secret, and have two during a rotation. */
const MAX_SIGNATURES = 8
/** Maximum length of a delivery id. The id is signed. */
const MAX_ID = 200

/** @returns `undefined` for a request that is not a webhook in a known format. */
export function sourceOf(header: ReadHeader): HookSource | undefined {
  const gitea = header('x-forgejo-event') ?? header('x-gitea-event')
  if (gitea !== undefined) {
    const signature = header('x-forgejo-signature') ?? header('x-gitea-signature') ?? header('x-hub-signature-256')
    return { forge: 'gitea', event: gitea, proof: hmacOf(signature) }
  }
  const gitlab = header('x-gitlab-event')
  if (gitlab !== undefined) {
    const token = header('x-gitlab-token')
    const proof = standardOf(header) ?? (token === undefined ? undefined : ({ is: 'secret', text: token } as const))
    return { forge: 'gitlab', event: gitlab, proof }
  }
  const bitbucket = header('x-event-key')
  if (bitbucket !== undefined) {
    return { forge: 'bitbucket', event: bitbucket, proof: hmacOf(header('x-hub-signature')) }
  }
  const github = header('x-github-event')
  if (github !== undefined) return { forge: 'github', event: github, proof: hmacOf(header('x-hub-signature-256')) }
  const standard = standardOf(header)
  if (standard !== undefined) return { forge: 'plain', event: 'push', proof: standard }
  const basic = basicOf(header('authorization'))
  return basic === undefined ? undefined : { forge: 'azure', event: '', proof: basic }
}

function hmacOf(signature: string | undefined): Proof | undefined {
  const hex = HEX.exec(signature ?? '')?.[1]
  return hex === undefined ? undefined : { is: 'hmac', hex: hex.toLowerCase() }
}

function standardOf(header: ReadHeader): Proof | undefined {
  const headers: Record<string, string> = {}
  for (const name of STANDARD) {
    const value = header(name)
    if (value === undefined) return undefined
    headers[name] = value
  }
  const { 'webhook-id': id = '', 'webhook-timestamp': time = '', 'webhook-signature': signatures = '' } = headers
  const each = signatures.split(' ', MAX_SIGNATURES + 1)
  const isPlain =
    id.length <= MAX_ID && /^[1-9]\d{0,11}$/.test(time) && each.length <= MAX_SIGNATURES && each.every(isSignature)
  return isPlain ? { is: 'standard', headers } : undefined
}

function basicOf(authorization: string | undefined): Proof | undefined {
  const base64 = /^basic +([A-Za-z0-9+/]{1,2000}={0,2}) *$/i.exec(authorization ?? '')?.[1]
  if (base64 === undefined) return undefined
  try {
    return { is: 'basic', text: atob(base64) }
  } catch {
    return undefined
  }
}
