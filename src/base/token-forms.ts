/**
 * Patterns of tokens and keys with a recognisable form. Callers choose how many characters of a truncated token still count.
 */

interface TokenForm {
  /** How it begins, as a pattern. */
  begins: string
  /** What follows, a class of characters. */
  of: string
  /** How many of these a real one has at least, as its issuer documents it. */
  least: number
  /** Where all have no more. */
  most?: number
  /** Words begin like this, too: a piece of one is none. */
  isLikeWords?: true
}

const ALNUM = '[A-Za-z0-9]'
const WORD = '[A-Za-z0-9_]'
const NAME = '[A-Za-z0-9_-]'
const HEX = '[a-f0-9]'

const FORMS: readonly TokenForm[] = [
  // AWS: keys of users and sessions
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
  // Stripe; webhooks that are signed by the standard
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

/** OpenAI's older keys, DeepSeek's and others', GitLab's next kinds; classes of style sheets begin like that too. */
const GUESSED: readonly TokenForm[] = [{ begins: '(?:sk|gl[a-z]{2,8})-', of: NAME, least: 20 }]

/** A word does not end in a token. A line of a text that is written as JSON may begin with one. */
const START = '(?:(?<![A-Za-z0-9_])|(?<=\\\\[nrt]))'

/** What is drawn at random has it; names of words with hyphens have not. */
const DIGIT_OR_CAPITAL = '(?=[a-z_-]{0,30}[0-9A-Z])'

/** Where its length is known, what stands behind is no part of a token. */
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
 * Matches tokens, as a pattern for `replace`.
 *
 * @param shortest - So many characters of one are enough, behind its beginning; of a whole one unless given.
 */
export const tokens = (shortest = Number.POSITIVE_INFINITY): RegExp => patternOf(FORMS, shortest)

/** The same for what may be a token, or a name in code. */
export const possibleTokens = (shortest = Number.POSITIVE_INFINITY): RegExp => patternOf(GUESSED, shortest)

/** RFC 7519 and RFC 7516; the header is JSON, whose `{"` is `eyJ` in base64. */
export const JWT = /(?:(?<![A-Za-z0-9_-])|(?<=\\[nrt]))eyJ[\w-]{8,20000}\.[\w-]{8,20000}\.[\w-]{0,20000}/g
