/** What tokens and keys look like whose makers gave them a form of their own. A guess: what looks otherwise is not found. */

const SHAPES: readonly RegExp[] = [
  // GitHub, GitLab, Bitbucket and Atlassian, Gitea is without a form.
  /\b(?:gh[oprsu]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})/,
  /\bgl(?:[a-z]{1,6})-[A-Za-z0-9_.-]{16,}/,
  /\bAT[AC]TT[A-Za-z0-9_=+/-]{20,}/,
  // Models, clouds, chats, registries.
  /\bsk-[A-Za-z0-9_-]{16,}/,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\bAIza[A-Za-z0-9_-]{30,}/,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/,
  /\bnpm_[A-Za-z0-9]{30,}/,
  /\bpypi-[A-Za-z0-9_-]{30,}/,
  /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\./,
  /-----BEGIN [A-Z ]*PRIVATE KEY/,
]

const PASSWORD_IN_ADDRESS = /\b[a-z][a-z0-9+.-]*:\/\/[^\s/?#@]*:[^\s/?#@]+@/i

/** True when the text seems to hold a token or a key. */
export const holdsToken = (text: string): boolean => SHAPES.some((shape) => shape.test(text))

/** True when the text seems to hold a token, a key, or an address with a password. */
export const holdsSecret = (text: string): boolean => holdsToken(text) || PASSWORD_IN_ADDRESS.test(text)
