/**
 * Patterns of tokens and keys with a recognisable form. Callers choose how many characters of a truncated token still count.
 */

interface TokenForm {
  /** The prefix, a pattern. */
  begins: string
  /** The characters after the prefix, a character class. */
  of: string
  /** The minimum number of these characters, as documented by the issuer. */
  least: number
  /** The maximum number; no limit by default. */
  most?: number
  /** Ordinary words have this prefix, too, so truncated tokens are not matched. */
  isLikeWords?: true
}

const ALNUM = '[A-Za-z0-9]'
const WORD = '[A-Za-z0-9_]'
const NAME = '[A-Za-z0-9_-]'
const HEX = '[a-f0-9]'

const FORMS: readonly TokenForm[] = [
  // AWS access key ids
  { begins: '(?:AKIA|ASIA|ABIA|ACCA)', of: '[A-Z0-9]', least: 16, most: 16, isLikeWords: true },
  // GitHub
  { begins: 'gh[opsur]_', of: ALNUM, least: 36 },
  { begins: 'github_pat_', of: WORD, least: 22 },
  // GitLab
  {
    begins: 'gl(?:pat|dt|rt|rtr|cbt|ptt|ft|imt|agent|oas|soat|ffct|wt)-',
    of: '[A-Za-z0-9_.-]',
    least: 20,
  },
  // Bitbucket, Atlassian
  { begins: 'AT(?:ATT|CTT|BB)', of: '[A-Za-z0-9_=+/-]', least: 16, isLikeWords: true },
  // Slack
  { begins: 'xox[abcdeoprs]-', of: '[A-Za-z0-9-]', least: 10 },
  { begins: 'xapp-', of: '[A-Za-z0-9-]', least: 10 },
  // Stripe; Standard Webhooks
  { begins: '(?:sk|rk)_(?:live|test|prod)_', of: ALNUM, least: 10 },
  { begins: 'whsec_', of: '[A-Za-z0-9+/=]', least: 24 },
  // Google
  { begins: 'AIza', of: NAME, least: 30, isLikeWords: true },
  { begins: 'GOCSPX-', of: NAME, least: 20 },
  { begins: 'ya29\\.', of: NAME, least: 20 },
  // Anthropic, OpenRouter, OpenAI
  { begins: 'sk-ant-', of: NAME, least: 23 },
  { begins: 'sk-or-v1-', of: HEX, least: 32 },
  { begins: 'sk-(?:proj|svcacct|admin|None)-', of: NAME, least: 20 },
  // npm, PyPI, RubyGems, crates.io
  { begins: 'npm_', of: ALNUM, least: 30, isLikeWords: true },
  { begins: 'pypi-', of: NAME, least: 30, isLikeWords: true },
  { begins: 'rubygems_', of: HEX, least: 48 },
  { begins: 'cio', of: ALNUM, least: 32, most: 32, isLikeWords: true },
  // Others
  { begins: 'SG\\.', of: '[A-Za-z0-9_.-]', least: 33, isLikeWords: true },
  { begins: 'hf_', of: ALNUM, least: 30 },
  { begins: 'gsk_', of: ALNUM, least: 40 },
  { begins: 'xai-', of: ALNUM, least: 60 },
  { begins: 'do[opr]_v1_', of: HEX, least: 64 },
  { begins: 'dckr_pat_', of: NAME, least: 20 },
  { begins: 'shp(?:at|ca|pa|ss)_', of: '[a-fA-F0-9]', least: 32 },
  { begins: 'hvs\\.', of: NAME, least: 24, isLikeWords: true },
  { begins: 'dapi', of: HEX, least: 32, most: 32, isLikeWords: true },
  { begins: '[0-9]{8,10}:AA', of: NAME, least: 33, most: 33, isLikeWords: true },
]

/** Older keys of OpenAI, keys of DeepSeek and others, future kinds of GitLab. CSS classes have these prefixes, too. */
const GUESSED: readonly TokenForm[] = [{ begins: '(?:sk|gl[a-z]{2,8})-', of: NAME, least: 20 }]

/** A token starts after a character that is not part of a word, or after an escaped line break in JSON. */
const START = '(?:(?<![A-Za-z0-9_])|(?<=\\\\[nrt]))'

/** Random tokens contain a digit or capital early; names made of words and hyphens do not. */
const DIGIT_OR_CAPITAL = '(?=[a-z_-]{0,30}[0-9A-Z])'

/** Forms with a maximum length must not be followed by another letter or digit. */
function patternOf(forms: readonly TokenForm[], shortest: number): RegExp {
  const each = forms.map(({ begins, of, least, most, isLikeWords }) => {
    const from = isLikeWords ? least : Math.min(least, shortest)
    return most === undefined
      ? `${begins}${DIGIT_OR_CAPITAL}${of}{${from},}`
      : `${begins}${DIGIT_OR_CAPITAL}${of}{${from},${most}}(?![A-Za-z0-9])`
  })
  return new RegExp(`${START}(?:${each.join('|')})`, 'g')
}

/**
 * A global pattern that matches tokens.
 *
 * @param shortest - How many characters after the prefix are enough for a truncated token. By default, only whole tokens match.
 */
export const tokens = (shortest = Number.POSITIVE_INFINITY): RegExp => patternOf(FORMS, shortest)

/** A global pattern that matches texts that may be tokens, but also names in code. */
export const possibleTokens = (shortest = Number.POSITIVE_INFINITY): RegExp => patternOf(GUESSED, shortest)

/** RFC 7519 and RFC 7516. The header is JSON; its `{"` is `eyJ` in base64. */
export const JWT = /(?:(?<![A-Za-z0-9_-])|(?<=\\[nrt]))eyJ[\w-]{8,20000}\.[\w-]{8,20000}\.[\w-]{0,20000}/g
