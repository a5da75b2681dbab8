/**
 * Words that warn of a project or accuse its people: abandoned, malicious, vulnerable, stolen, illegal; passwords and money. A
 * name in the sentence does not bear them out; the lines that it calls upon have to say the same. By stems, in the languages
 * that prose is written in.
 */

/** What the forms of one line match says the same. */
const KINDS: readonly RegExp[] = [
  /\bcve\b|vuln[eé]rab|kwetsba|уязвим|podatno|漏洞|脆弱|취약|security (?:flaw|hole|issue|bug|risk)|sicherheitsl|\bflaw(?:s|ed)?\b|unpatched|ungepatcht|zero[- ]?day|\b0[- ]?day\b/iu,
  /\brce\b|remote code|code execution|exploit|codeausführung/iu,
  /malware|maliciel|malicious|b[oö]sartig|malveill|malicios|malevol|backdoor|back door|hintert[uü]r|puerta trasera|porte dérobée|trojan|ransom|spyware|phishing|botnet|keylog|rootkit|adware|\bvirus|\bviren\b|вирус|wirus|病毒|ウイルス|바이러스|вредонос|złośliw|恶意|后门|後門|悪意|악성/iu,
  /\bsteal|\bstole|\btheft|\bthie[fv]|plagiari|pirated|gestohlen|geklaut|diebstahl|(?<!\p{L})vol(?:é|ée|és|ées|ent)(?!\p{L})|\brobad|\brubat|\broubad|украд|skradz|盗|窃|훔|stehlen|stiehlt|\bscam|fraud|betrüg|hacked|gehackt|compromised|compromett|kompromitt|infected|infiziert/iu,
  /abandon|aufgegeben|unmaintain|(?:no longer|not) (?:actively )?(?:maintain|support|develop|safe|secure)|nicht mehr (?:gepflegt|gewartet|unterstützt|weiterentwickelt|sicher)|discontinu|end[- ]of[- ]life|заброш|porzuc|废弃|放棄|중단/iu,
  /deprecat|veraltet|obsol[eè]t|dépréci|obsolesc|устар|przestarzał|弃用|非推奨/iu,
  /\bunsafe|insecure|unsicher|insegur|non sécuris|insicur|небезопас|不安全|安全でない/iu,
  /exfiltr|\bleak|\bsiphon|\bharvest|\bspy(?:ing)?\b|\bspies\b|\bspion|ausspäh|ausspion|abgreif|\bsnoop|surveill|telemetr|phones? home|divulg|утеч|wyciek|泄露|泄漏|漏えい|漏洩|유출/iu,
  /passw|passphrase|\bpwd\b|kennw[oö]rt|credential|zugangsdaten|anmeldedaten|identifiants?\b|mots? de passe|contraseñ|credencia|senhas?\b|wachtwoord|парол|hasł[oa]|密码|密碼|パスワード|비밀번호/iu,
  /crypto-?(?:currenc|coin|min|jack)|kryptow[aä]hr|cryptomon|criptomon|криптовал|kryptowal|加密货币|挖矿|仮想通貨|암호화폐|\bbitcoin|\bbtc\b|monero|\bxmr\b|ethereum|\bwallet/iu,
  /\bdonat|\bpay(?:s|ing|ments?|pal)?\b(?! attention)|\bpaid\b|\bzahl(?:t|en|ung)|spende[nt]?\b|\bransom|\bmoney\b|\bgeld\b|支付|付款|支払/iu,
  /illegal|illégal|\bilegal|unlawful|rechtswidrig|strafbar|\bcrim(?:e|es|inal)|\blawsuit|\bsued\b|infring|незакон|nielegal|非法|违法|違法|불법/iu,
  /attacker|angreifer|\bhacker|attaquant|atacante|aggressor|злоумышл|攻击者|攻擊者|攻撃者|공격자/iu,
  /\barrested|\bconvicted|\bracis|\bnazi|terroris|\bsexis|p(?:a|ä)?edophil|\bfascis|espionage|untrustworth|\bliars?\b|\bboycott/iu,
]

/** @returns Whether the lines warn of the same as the sentence, if it does. */
export const isWarningBorneOut = (sentence: string, lines: string): boolean =>
  KINDS.every((kind) => !kind.test(sentence) || kind.test(lines))
