/** Keys by the forms that their issuers give them, and passwords in addresses. */

import { isRandom } from './entropy.ts'
import { SECRET } from './secret.ts'

/** What stands before and behind is no part of a key. */
const token = (pattern: string): RegExp => new RegExp(`(?<![A-Za-z0-9_-])(?:${pattern})(?![A-Za-z0-9])`, 'g')

/** Prefixes that nothing else has. Lengths as the issuers document them, with room for longer ones. */
const PREFIXED = token(
  [
    // AWS: keys of users and sessions
    '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}',
    // GitHub
    'gh[opsur]_[A-Za-z0-9]{36,251}',
    'github_pat_[A-Za-z0-9_]{22,251}',
    // GitLab
    'gl(?:pat|dt|rt|rtr|cbt|ptt|ft|imt|agent|oas|soat|ffct|wt)-[A-Za-z0-9_-]{20,300}(?:\\.[A-Za-z0-9.]{2,40})?',
    // Slack
    'xox[abcdeoprs]-[A-Za-z0-9-]{10,250}',
    'xapp-[A-Za-z0-9-]{10,250}',
    // Stripe
    '(?:sk|rk)_(?:live|test|prod)_[A-Za-z0-9]{10,250}',
    'whsec_[A-Za-z0-9+/=]{24,120}',
    // Google
    'AIza[A-Za-z0-9_-]{35}',
    'GOCSPX-[A-Za-z0-9_-]{20,60}',
    'ya29\\.[A-Za-z0-9_-]{20,300}',
    // Anthropic, OpenRouter, OpenAI
    'sk-ant-[a-z0-9]{2,20}-[A-Za-z0-9_-]{20,300}',
    'sk-or-v1-[a-f0-9]{32,128}',
    'sk-(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{20,300}',
    // npm, PyPI, RubyGems, crates.io
    'npm_[A-Za-z0-9]{36}',
    'pypi-[A-Za-z0-9_-]{50,300}',
    'rubygems_[a-f0-9]{48}',
    'cio[A-Za-z0-9]{32}',
    // Others
    'SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{16,64}',
    'hf_[A-Za-z0-9]{30,60}',
    'gsk_[A-Za-z0-9]{40,80}',
    'xai-[A-Za-z0-9]{60,120}',
    'do[opr]_v1_[a-f0-9]{64}',
    'dckr_pat_[A-Za-z0-9_-]{20,60}',
    'shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}',
    'hvs\\.[A-Za-z0-9_-]{24,200}',
    'dapi[a-f0-9]{32}',
    '[0-9]{8,10}:AA[A-Za-z0-9_-]{33}',
  ].join('|'),
)

/** OpenAI's older keys, DeepSeek's and others'; classes of style sheets begin like that too. */
const SK = token('sk-[A-Za-z0-9_-]{20,200}')

/** RFC 7519; header and claims are JSON, whose `{"` is `eyJ` in base64. */
const JWT = /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,4000}\.eyJ[A-Za-z0-9_-]{8,8000}\.[A-Za-z0-9_-]{8,2000}/g

const SLACK_HOOK = /(hooks\.slack\.com\/(?:services|workflows|triggers)\/)[A-Za-z0-9/_-]{20,200}/g

/** `://user:` and the password; a placeholder is none. */
const CREDENTIALS = /(:\/\/[^\s:@/"'`<>?#]{0,100}:)([^\s@/"'`<>]{1,200})(?=@[A-Za-z0-9[$_{%-])/g

/** RFC 7617, RFC 6750 */
const SCHEME = /\b((?:Basic|Bearer)[ \t]{1,4})([A-Za-z0-9+/_=.~-]{16,2000})/gi

export function maskTokens(text: string): string {
  return text
    .replace(JWT, SECRET)
    .replace(PREFIXED, SECRET)
    .replace(SK, (key) => (isRandom(key.slice(3)) ? SECRET : key))
    .replace(SLACK_HOOK, `$1${SECRET}`)
    .replace(CREDENTIALS, (all, before: string, password: string) => {
      return /^(?:[$%{[]|\*+$|x+$)/i.test(password) ? all : before + SECRET
    })
    .replace(SCHEME, (all, scheme: string, value: string) => (isRandom(value) ? scheme + SECRET : all))
}
