/** Pages in a real browser, and whatever they did that no page of documents does. */

import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core'
import { type Typed, typeEach } from '../../../test/support/typed.ts'

export interface Troubles {
  pages: number
  /** Texts typed into searches, and those that found something. */
  typed: number
  found: number
  /** `alert`, `confirm`, `prompt` and their like. */
  dialogs: number
  /** That ran, or were read to be run, and are no files of the program. */
  scripts: number
  /** Elements and attributes that would run something when they are used: handlers, `javascript:`, frames, …; of results, all that none has. */
  armed: number
  violations: number
  consoleErrors: number
  pageErrors: number
  /** Requests to anything but the program, pages that opened or went elsewhere by themselves. */
  outside: number
  /** Did not load in time. */
  stuck: number
  /** The first of each kind, in words. */
  examples: Map<string, string[]>
}

export interface Visit {
  url: string
  /** The answer is an error, which the browser tells the console. */
  isRefused?: boolean
  /** Typed into the search of the page, one after the other. */
  typed?: readonly string[]
}

const LANES = 4
const LOAD_MS = 15_000
/** For what begins after a page has loaded: images that fail, animations. */
const SETTLE_MS = 30
const MAX_EXAMPLES = 3
/** Of texts that are typed. */
const AT_ONCE = 20
const OWN_SCRIPT = /\/assets\/(?:[\w.-]+\.js(?:\?v=\w+)?|diagram\.html)$/

type Count = Exclude<keyof Troubles, 'pages' | 'typed' | 'found' | 'examples'>

export function launch(): Promise<Browser> {
  const args = ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1']
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? [...args, '--no-sandbox'] : args,
  })
}

/**
 * @param home - The beginning of every address that may be asked.
 * @param hasPolicy - Whether the browser heeds the pages' Content-Security-Policy.
 * @param prepare - Done with each tab before it opens a page.
 */
export async function visitAll(
  browser: Browser,
  home: string,
  visits: readonly Visit[],
  hasPolicy: boolean,
  prepare: (page: Page) => Promise<void> = async () => undefined,
): Promise<Troubles> {
  const troubles: Troubles = {
    ...{
      pages: 0,
      typed: 0,
      found: 0,
      dialogs: 0,
      scripts: 0,
      armed: 0,
      violations: 0,
      consoleErrors: 0,
      pageErrors: 0,
      outside: 0,
      stuck: 0,
    },
    examples: new Map(),
  }
  const left = visits.values()
  const lane = async (): Promise<void> => {
    const tab = new Tab(browser, home, hasPolicy, prepare, troubles)
    for (const visit of left) {
      await tab.open(visit)
      troubles.pages += 1
    }
    await tab.close()
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return troubles
}

/** One page after the other; a page that hangs costs its tab. */
class Tab {
  readonly #browser: Browser
  readonly #home: string
  readonly #hasPolicy: boolean
  readonly #prepare: (page: Page) => Promise<void>
  readonly #troubles: Troubles
  #context: BrowserContext | undefined
  #page: Page | undefined
  #session: CDPSession | undefined
  #visit: Visit = { url: '' }

  constructor(
    browser: Browser,
    home: string,
    hasPolicy: boolean,
    prepare: (page: Page) => Promise<void>,
    troubles: Troubles,
  ) {
    this.#browser = browser
    this.#home = home
    this.#hasPolicy = hasPolicy
    this.#prepare = prepare
    this.#troubles = troubles
  }

  async open(visit: Visit): Promise<void> {
    this.#visit = visit
    try {
      this.#page ??= await this.#start()
      const page = this.#page
      await page.goto(visit.url, { timeout: LOAD_MS })
      if (visit.typed !== undefined) await this.#type(page, visit.typed)
      await page.waitForTimeout(SETTLE_MS)
      for (const found of await within(this.#findArmed())) this.#note('armed', found)
      if (page.url().split('#')[0] !== new URL(visit.url).href.split('#')[0])
        this.#note('outside', `went to ${page.url()}`)
    } catch (error) {
      this.#note('stuck', String(error).split('\n')[0] ?? '')
      await this.close()
    }
  }

  async close(): Promise<void> {
    const context = this.#context
    this.#context = undefined
    this.#page = undefined
    await within(context?.close() ?? Promise.resolve()).catch(() => undefined)
  }

  #note(count: Count, what: string): void {
    this.#troubles[count] += 1
    const examples = this.#troubles.examples.get(count) ?? []
    this.#troubles.examples.set(count, examples)
    if (examples.length < MAX_EXAMPLES) examples.push(`${what.slice(0, 300)} (${this.#visit.url.slice(0, 120)})`)
  }

  async #start(): Promise<Page> {
    const context = await this.#browser.newContext({ bypassCSP: !this.#hasPolicy })
    this.#context = context
    const page = await context.newPage()
    await this.#prepare(page)
    context.on('page', (popup) => {
      this.#note('outside', 'a page opened')
      popup.close().catch(() => undefined)
    })
    page.on('dialog', (dialog) => {
      this.#note('dialogs', `${dialog.type()}: ${dialog.message()}`)
      dialog.dismiss().catch(() => undefined)
    })
    page.on('pageerror', (error) => this.#note('pageErrors', String(error)))
    page.on('console', (message) => {
      if (message.type() !== 'error') return
      const text = message.text()
      if (/Content[- ]Security[- ]Policy/i.test(text)) this.#note('violations', text)
      else if (this.#visit.isRefused !== true || !text.startsWith('Failed to load resource'))
        this.#note('consoleErrors', text)
    })
    page.on('request', (request) => {
      const url = request.url()
      if (!url.startsWith(this.#home) && !/^(?:data|blob|about):/.test(url)) this.#note('outside', url)
    })
    this.#session = await context.newCDPSession(page)
    await this.#watchScripts(this.#session)
    return page
  }

  async #type(page: Page, texts: readonly string[]): Promise<void> {
    await page.keyboard.press('/')
    await page.getByText('Symbols come first').waitFor({ timeout: LOAD_MS })
    for (let at = 0; at < texts.length; at += AT_ONCE) {
      const some = texts.slice(at, at + AT_ONCE)
      const typed = await within(this.#inPage<Typed>(`(${typeEach})(${JSON.stringify(some)})`))
      this.#troubles.typed += some.length
      this.#troubles.found += typed.found
      for (const found of typed.strange) this.#note('armed', found)
    }
  }

  async #findArmed(): Promise<string[]> {
    return this.#inPage(`(${findArmed})()`)
  }

  /** In a world of its own, so that it is none of the page's scripts. */
  async #inPage<T>(expression: string): Promise<T> {
    const session = this.#session
    if (session === undefined) throw new Error('no page is open')
    const { frameTree } = await session.send('Page.getFrameTree')
    const world = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id })
    const asked = { expression, contextId: world.executionContextId, returnByValue: true, awaitPromise: true }
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', asked)
    if (exceptionDetails !== undefined)
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value as T
  }

  /** Whatever the browser reads as a script: also handlers of events, `javascript:` and what is made of a text. */
  async #watchScripts(session: CDPSession): Promise<void> {
    session.on('Debugger.scriptParsed', ({ url, executionContextAuxData, length }) => {
      const isOwn = url.startsWith(this.#home) && OWN_SCRIPT.test(url)
      const world = (executionContextAuxData as { type?: string } | undefined)?.type
      if (!isOwn && world === 'default') this.#note('scripts', `${length} characters at ${url}`)
    })
    await session.send('Debugger.enable')
    await session.send('Debugger.setSkipAllPauses', { skip: true })
  }
}

function within<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the page answers nothing')), LOAD_MS)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

/** Runs in the page. */
function findArmed(): string[] {
  const FRAMES = 'iframe:not(figure.diagram > iframe), object, embed, base, portal, frame, applet, link[rel="import"]'
  const scripts = [...document.querySelectorAll<HTMLScriptElement>('script')].filter(
    (element) => !/^[^?#]*assets\/[\w.-]+(?:[?#]|$)/.test(element.getAttribute('src') ?? ''),
  )
  const found = [...scripts, ...document.querySelectorAll(FRAMES)].map((element) => element.outerHTML.slice(0, 200))
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      const isAddress =
        /^(?:(?:xlink:)?href|src|srcdoc|action|formaction|data|poster|background|to|from|values)$/i.test(name)
      const isScript = isAddress && /^(?:javascript|vbscript|data):/i.test(value.replace(/[\s\p{Cc}]/gu, ''))
      if (/^on/i.test(name) || isScript) found.push(`${name}=${value}`.slice(0, 200))
    }
  }
  return found
}
