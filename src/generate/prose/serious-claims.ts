/**
 * Words that warn of a project or accuse its people: abandoned, malicious, vulnerable, stolen, illegal; danger and
 * deletion; passwords and money; personal traits, countries, companies. Naming code is not enough evidence for such a
 * sentence: the cited lines must say the same. By word stems, in the languages of the prose.
 */

import { normalised, readingsOf } from './normalise.ts'

/** Forms matched by one line mean the same; in a pair, the second pattern must match the cited lines. */
const KINDS: readonly (RegExp | readonly [readings: RegExp, evidence: RegExp])[] = [
  /\bcve\b|vuln[eé]rab|kwetsba|уязвим|podatno|漏洞|脆弱|취약|security (?:flaw|hole|issue|bug|risk)|sicherheitsl|\bflaw(?:s|ed)?\b|unpatched|ungepatcht|zero[- ]?day|\b0[- ]?day\b/iu,
  /\brce\b|remote code|code execution|exploit|codeausführung/iu,
  /malware|maliciel|malicious|b[oö]sartig|malveill|malicios|malevol|backdoor|back door|trap ?door|hintert[uü]r|puerta trasera|porte dérobée|trojan|ransom|spyware|phishing|botnet|keylog|rootkit|adware|\bvirus|\bviren\b|вирус|wirus|病毒|ウイルス|바이러스|вредонос|złośliw|恶意|后门|後門|悪意|악성/iu,
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
  // Dangers, and advice to stay away.
  /\bdanger|\bharmful|\bworthless|\bhazard|gefährlich|schädlich|wertlos|dangereu|nuisible|peligros|dañin|nociv|pericolos|perigos|gevaarlijk|niebezpiecz|опасн|危险|危険|有害|위험/iu,
  /(?:nobody|no[- ]one) (?:should|must|answers|maintains|cares)|(?:project|library|package|framework) (?:is|has been) dead|dead (?:project|library|package|since)|\b(?:do not|don['’]t|never) (?:trust|install)|stay away|niemand (?:sollte|antwortet|pflegt)|personne ne (?:devrait|répond)|nadie (?:debería|responde)|已死|停止维护|请勿使用|不要使用/iu,
  // Deletion and data sent away.
  [
    /\b(?:delet(?:e|es|ed|ing)|eras(?:e|es|ed|ing)|wip(?:e|es|ed|ing)|destroy(?:s|ed|ing)?)\b|lösch(?:t|en)|vernichte|\bsupprime|\beffac(?:e|er|ent)\b|\bborra(?:r|n|do)?\b|\belimina(?:r|n|do)?\b|удаля|usuwa|删除|清除|抹掉|削除|삭제/iu,
    /delet|eras|wip|destr|remov|\bdel\b|drop|unlink|\brm|pop|clear|clean|unset|discard|purg|prun|trunc|free|reset|expir|evict|lösch|entfern|supprim|borr|elimin|删|清|抹|削|삭/iu,
  ],
  [
    /\b(?:delet|eras|wip|destroy)\p{L}{0,4} (?:(?:all|the|a|an|its|his|her|their|your|every|whole|entire|of|files|data|on|in|from) ){0,5}(?:home (?:folder|director)|hard (?:disk|drive)|disks?\b|drives?\b|computers?\b|everything\b)|festplatte|benutzerordner|(?:disque dur|disco duro)|格式化|硬盘/iu,
    /home|disk|drive|computer|everything|硬盘/iu,
  ],
  [
    /\b(?:send|transmit|upload|forward|report|submit)\p{L}{0,4}\b[^.]{0,60}\b(?:servers?|hosts?|third part|authors?|vendors?|compan|government|abroad)|(?:calls?|phones?|calling) home|sende[nt][^.]{0,60}\bserver|envoie[^.]{0,60}\bserveur|env[ií]a[^.]{0,60}\bservidor|(?:发送|上传)[^。]{0,30}服务器/iu,
    /send|sent|post|upload|http|socket|emit|report|transmi|forward|submit|server|request|发送|上传/iu,
  ],
  // Ways for attackers to get in.
  [
    /injection (?:hole|attack|flaw|risk)|\b(?:sql|code|command|shell|script|html|header|template)[- ]?injection|injection (?:sql|de code)|inyección (?:sql|de código)|sql注入|注入漏洞|\bxss\b|\bhole\b/iu,
    /inject|inyec|escap|saniti|quot|xss|hole|注入/iu,
  ],
  [
    /\bas (?:root|admin(?:istrator)?)\b|\b(?:lets?|allows?|permits?) (?:any(?:body|one)|every(?:body|one)|strangers)\b|any certificate|jedes zertifikat|n['’]importe quel certificat|cualquier certificado|任意证书/iu,
    /root|admin|auth|login|permission|privileg|anybody|anyone|everybody|everyone|public|anonym|certif|\bcert/iu,
  ],
  /firewall|antivir|\bselinux|apparmor|windows defender|防火墙|杀毒/iu,
  /\bbombs?\b|\bbombe[ns]?\b|\bbombas?\b|logikbombe|炸弹|爆弾|бомб/iu,
  /espion|\besp[ií]as?\b|programa esp|spionier|间谍|間諜|スパイ|шпион|szpieg/iu,
  // People: their conduct, traits and employers.
  /\bidiot|\bretard(?:s|ed)?\b|\bmorons?\b|imb[eé]cil|\bstupid|incompeten|inkompeten|incompét|\blazy (?:people|developers?|authors?|maintainers?)|\bcr[eé]tins?\b|trottel|dummkopf|dummköpf|白痴|愚蠢|笨蛋/iu,
  /\bjews?\b|\bjewish|\bjuden?\b|\bjüdisch|\bjuifs?\b|\bjud[ií]os?\b|犹太|\bmuslims?\b|musulm[aá]n|穆斯林|\bblacks\b|\bwhites\b|homosex|\bgays\b|\blesbian|immigrant|refugees?\b|ausländer/iu,
  /\bwife\b|\bhusband|girlfriend|boyfriend|\bmistress|ehefrau|ehemann|\bépouse\b|\besposa\b|妻子/iu,
  /\b(?:was|were|been|got) fired\b|\bfired for\b|embezzl|veruntreu|unterschlag|malversa|贪污|挪用|\bmurder|\bmörder|meurtri|asesin|谋杀|\brap(?:ed|ists?)\b|molest|harass|\bdrunk|alcoholic|\bbeats (?:his|her|their)\b|\bfelons?\b|\bjailed|\bto jail|\bin prison|tax evasion|\bsanctioned|\bbribe|bestech|\bsoborn|贿赂|\bmafia/iu,
  [/\bkill(?:s|ed|ers?)\b|\btötet\b|\btue(?:nt)?\b|\bmata\b|杀死/iu, /kill|sig|term|abort|stop|cancel|process/iu],
  /\b(?:nsa|cia|fbi|kgb|fsb|mossad|gchq|bnd)\b|secret service|geheimdienst|services? secrets?|servicios? secretos?|情报机构/iu,
  /\brussia|\brussland|\brussie|\brusia|\bmoscow|\bmoskau|\bmoscou|\bmosc[uú]|\bkremlin|\bchina\b|\bchinese (?:government|state|company)|\bbeijing|\bpeking|north korea|nordkorea|corée du nord|corea del norte|\biran(?:ian)?\b|\bisrael|\bukrain|俄罗斯|朝鲜|伊朗|以色列|北京|莫斯科/iu,
  /\b(?:GmbH|Inc|Ltd|LLC|Corp|PLC|Pty|SARL)\b|有限公司|株式会社/u,
  [
    /\bcompan(?:y|ies)\b|\bfirma\b|\bfirmen\b|\bentreprises?\b|\bsociétés?\b|\bempresas?\b|公司/iu,
    /compan|firm|vendor|customer|organi[sz]ation|corporat|business|公司/iu,
  ],
  [
    /\bsold\b|\bsell(?:s|ing)?\b|verkauft|verkaufen|\bvendus?\b|\bvendid[oa]|\bse vende|出售|\bpurchas/iu,
    /sell|sold|sale|buy|bought|purchas|price|order|cart|shop|product|verkauf|vend|售/iu,
  ],
  /violat\p{L}{0,4} (?:the )?(?:[agl]*gpl|licen[cs]e|copyright|law)|without (?:permission|consent)(?! check)|ohne erlaubnis|sans autorisation|sin permiso|未经许可|抄袭|剽窃/iu,
]

/** @returns False if the sentence warns of something that the lines do not mention. */
export function isSeriousClaimSupported(sentence: string, lines: string): boolean {
  const readings = readingsOf(sentence)
  let evidence: string[] | undefined
  return KINDS.every((kind) => {
    const [warning, words] = kind instanceof RegExp ? [kind, kind] : kind
    if (!readings.some((reading) => warning.test(reading))) return true
    // Normalising may make one character eighteen.
    evidence ??= readingsOf(normalised(lines).slice(0, lines.length))
    return evidence.some((reading) => words.test(reading))
  })
}
