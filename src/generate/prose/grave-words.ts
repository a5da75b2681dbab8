/**
 * Words that warn of a project: abandoned, malicious, vulnerable. A name in the sentence does not bear them out; the lines that
 * it calls upon have to say the same. By stems, in the languages that prose is written in.
 */

/** What the forms of one line match says the same. */
const KINDS: readonly RegExp[] = [
  /\bcve\b|vuln[eé]rab|kwetsba|уязвим|podatno|漏洞|脆弱|취약|security (?:flaw|hole|issue|bug|risk)|sicherheitsl|\bflaw(?:s|ed)?\b/iu,
  /\brce\b|remote code|code execution|exploit|codeausführung/iu,
  /malware|maliciel|malicious|b[oö]sartig|malveill|malicios|malevol|backdoor|back door|hintert[uü]r|puerta trasera|porte dérobée|trojan|ransom|spyware|phishing|botnet|keylog|вредонос|złośliw|恶意|后门|後門|悪意|악성/iu,
  /\bsteal|stehlen|stiehlt|\bscam|fraud|betrüg|hacked|gehackt|compromised|compromett|kompromitt|infected|infiziert/iu,
  /abandon|aufgegeben|unmaintain|(?:no longer|not) (?:actively )?(?:maintain|support|develop|safe|secure)|nicht mehr (?:gepflegt|gewartet|unterstützt|weiterentwickelt|sicher)|discontinu|end[- ]of[- ]life|заброш|porzuc|废弃|放棄|중단/iu,
  /deprecat|veraltet|obsol[eè]t|dépréci|obsolesc|устар|przestarzał|弃用|非推奨/iu,
  /\bunsafe|insecure|unsicher|insegur|non sécuris|insicur|небезопас|不安全|安全でない/iu,
]

/** @returns Whether the lines warn of the same as the sentence, if it does. */
export const isWarningBorneOut = (sentence: string, lines: string): boolean =>
  KINDS.every((kind) => !kind.test(sentence) || kind.test(lines))
