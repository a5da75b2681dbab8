/**
 * Patterns of tokens and keys with a recognisable form. Callers choose how many characters of a truncated token are enough for a match.
 */

interface TokenForm {
  /** A regular expression for the prefix. */
  prefix: string
  /** A character class for the characters after the prefix. */
  of: string
  /** The minimum number of these characters, as documented by the issuer. */
  min: number
  /** The maximum number; no limit by default. */
  max?: number
  /** Set if ordinary words may have this prefix, too; truncated tokens are then not matched. */
  resemblesWords?: true
}

const ALNUM = '[A-Za-z0-9]'
const WORD = '[A-Za-z0-9_]'
const NAME = '[A-Za-z0-9_-]'
const HEX = '[a-f0-9]'

const FORMS: readonly TokenForm[] = [
  // AWS access key ids
  { prefix: '(?:AKIA|ASIA|ABIA|ACCA)', of: '[A-Z0-9]', min: 16, max: 16, resemblesWords: true },
  // GitHub
  { prefix: 'gh[opsur]_', of: ALNUM, min: 36 },
  { prefix: 'github_pat_', of: WORD, min: 22 },
  // GitLab
  {
    prefix: 'gl(?:pat|dt|rt|rtr|cbt|ptt|ft|imt|agent|oas|soat|ffct|wt)-',
    of: '[A-Za-z0-9_.-]',
    min: 20,
  },
  // Bitbucket, Atlassian
  { prefix: 'AT(?:ATT|CTT|BB)', of: '[A-Za-z0-9_=+/-]', min: 16, resemblesWords: true },
  // Slack
  { prefix: 'xox[abcdeoprs]-', of: '[A-Za-z0-9-]', min: 10 },
  { prefix: 'xapp-', of: '[A-Za-z0-9-]', min: 10 },
  // Stripe; Standard Webhooks
  { prefix: '(?:sk|rk)_(?:live|test|prod)_', of: ALNUM, min: 10 },
  { prefix: 'whsec_', of: '[A-Za-z0-9+/=]', min: 24 },
  // Google
  { prefix: 'AIza', of: NAME, min: 30, resemblesWords: true },
  { prefix: 'GOCSPX-', of: NAME, min: 20 },
  { prefix: 'ya29\\.', of: NAME, min: 20 },
  // Anthropic, OpenRouter, OpenAI
  { prefix: 'sk-ant-', of: NAME, min: 23 },
  { prefix: 'sk-or-v1-', of: HEX, min: 32 },
  { prefix: 'sk-(?:proj|svcacct|admin|None)-', of: NAME, min: 20 },
  // npm, PyPI, RubyGems, crates.io
  { prefix: 'npm_', of: ALNUM, min: 30, resemblesWords: true },
  { prefix: 'pypi-', of: NAME, min: 30, resemblesWords: true },
  { prefix: 'rubygems_', of: HEX, min: 48 },
  { prefix: 'cio', of: ALNUM, min: 32, max: 32, resemblesWords: true },
  // Others
  { prefix: 'SG\\.', of: '[A-Za-z0-9_.-]', min: 33, resemblesWords: true },
  { prefix: 'hf_', of: ALNUM, min: 30 },
  { prefix: 'gsk_', of: ALNUM, min: 40 },
  { prefix: 'xai-', of: ALNUM, min: 60 },
  { prefix: 'do[opr]_v1_', of: HEX, min: 64 },
  { prefix: 'dckr_pat_', of: NAME, min: 20 },
  { prefix: 'shp(?:at|ca|pa|ss)_', of: '[a-fA-F0-9]', min: 32 },
  { prefix: 'hvs\\.', of: NAME, min: 24, resemblesWords: true },
  { prefix: 'dapi', of: HEX, min: 32, max: 32, resemblesWords: true },
  { prefix: '[0-9]{8,10}:AA', of: NAME, min: 33, max: 33, resemblesWords: true },
]

/**
 * Older keys of OpenAI, keys of DeepSeek and others, and future token types of GitLab. CSS classes may have these prefixes, too.
 */
const GUESSED: readonly TokenForm[] = [{ prefix: '(?:sk|gl[a-z]{2,8})-', of: NAME, min: 20 }]

/** A token starts where no word character precedes it, or after an escaped line break in JSON. */
const START = '(?:(?<![A-Za-z0-9_])|(?<=\\\\[nrt]))'

/** Random tokens contain a digit or capital letter among their first characters; names made of words and hyphens do not. */
const DIGIT_OR_CAPITAL = '(?=[a-z_-]{0,30}[0-9A-Z])'

/** A global pattern of some forms. A token with a maximum length must not be followed by another letter or digit. */
function patternOf(forms: readonly TokenForm[], shortest: number): RegExp {
  const each = forms.map(({ prefix, of, min, max, resemblesWords }) => {
    const from = resemblesWords ? min : Math.min(min, shortest)
    return max === undefined
      ? `${prefix}${DIGIT_OR_CAPITAL}${of}{${from},}`
      : `${prefix}${DIGIT_OR_CAPITAL}${of}{${from},${max}}(?![A-Za-z0-9])`
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
