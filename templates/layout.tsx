/** The layout of all pages: the head, the top bar, the skip link. */

import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { PageAccess } from './access.ts'
import { API_HREF, FOLLOWS_HREF } from './addresses.ts'
import { assetHref } from './links.ts'

export interface PageProps {
  /** The hash of an asset by its name, for `?v=`; changes with the bytes. */
  asset: (name: string) => string
  /** Present if the service has a token and the page is rendered for one reader. */
  access?: PageAccess | undefined
}

export interface FrameProps {
  title: string
  description: string
  /** Names of further scripts of the page. */
  scripts?: string[]
  /** Without JavaScript, reload the page after this time. */
  refreshSeconds?: number | undefined
  /** Class of the body. */
  kind: string
  /** Language of the main content, BCP 47; the layout itself is English. */
  language?: string | undefined
  /** URL of an Atom feed about the subject of the page. */
  feed?: string | undefined
  /** The address of this page that search engines should show. */
  canonical?: string | undefined
  /** Content between the name and the theme switch. */
  bar?: Child
  /** Content before the theme switch. */
  account?: Child
  children: Child
}

export type LayoutProps = PageProps & FrameProps

/** The id of the main part. Ids of headings never contain capital letters. */
export const MAIN = 'Main'

/** A page of the service. */
export function Layout({ asset, access, ...rest }: LayoutProps) {
  const account = access === undefined ? null : <Account isIn={access.isIn} />
  return <Frame {...rest} home="/" account={account} asset={(name) => assetHref(name, asset)} foot={<Foot />} />
}

function Foot() {
  return (
    <footer class="foot">
      <ul class="ways">
        <Way href="/" name="Documentation" />
        <Way href={FOLLOWS_HREF} name="Followed repositories" />
        <Way href={API_HREF} name="HTTP interface" />
      </ul>
    </footer>
  )
}

/** A link in a footer; nothing if the address is `null`. */
export function Way({ href, name, download }: { href: string | null; name: string; download?: boolean }) {
  if (href === null) return null
  return (
    <li>
      <a href={href} download={download}>
        {name}
      </a>
    </li>
  )
}

/** A page of the service or of a folder. `policy` is for pages opened from a folder. */
export function Frame({
  title,
  description,
  asset,
  home,
  policy,
  scripts = [],
  refreshSeconds,
  kind,
  language = 'en',
  feed,
  canonical,
  bar,
  account,
  foot,
  children,
}: FrameProps & { asset: (name: string) => string; home: string; policy?: string | undefined; foot?: Child }) {
  return (
    <>
      {raw('<!DOCTYPE html>')}
      <html lang={language}>
        <head>
          <meta charset="utf-8" />
          {policy !== undefined && <meta http-equiv="Content-Security-Policy" content={policy} />}
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>{title}</title>
          <meta name="description" content={description} />
          {canonical !== undefined && <link rel="canonical" href={canonical} />}
          {feed !== undefined && <link rel="alternate" type="application/atom+xml" href={feed} />}
          <link rel="icon" type="image/svg+xml" href={asset('favicon.svg')} />
          <link rel="stylesheet" href={asset('docspool.css')} />
          <script src={asset('theme.js')}></script>
          {['docspool.js', ...scripts].map((name) => (
            <script src={asset(name)} defer></script>
          ))}
          {refreshSeconds !== undefined && (
            <noscript>
              <meta http-equiv="refresh" content={String(refreshSeconds)} />
            </noscript>
          )}
        </head>
        <body class={kind}>
          <a class="skip" href={`#${MAIN}`} {...englishIn(language)}>
            Skip to the content
          </a>
          <header class="bar" {...englishIn(language)}>
            <a class="brand" href={home}>
              <Logo />
              <span class="brand-name">docspool</span>
            </a>
            <div class="bar-middle">{bar}</div>
            {account}
            <button class="theme" type="button" data-theme-switch hidden>
              <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
                <circle cx="8" cy="8" r="6.5" />
                <path d="M8 1.5a6.5 6.5 0 0 1 0 13Z" />
              </svg>
            </button>
          </header>
          {children}
          {foot}
        </body>
      </html>
    </>
  )
}

/** Logging out is a form, so that neither other sites nor prefetched links can end a session. */
function Account({ isIn }: { isIn: boolean }) {
  if (!isIn) {
    return (
      <a class="account" href="/login">
        Log in
      </a>
    )
  }
  return (
    <form method="post" action="/logout">
      <button class="account" type="submit">
        Log out
      </button>
    </form>
  )
}

/** Marks the English parts of a page in another language. */
export function englishIn(language: string | undefined): { lang?: 'en' } {
  return language === undefined || language === 'en' ? {} : { lang: 'en' }
}

/** A spool: two flanges, and the thread between them as lines of text. */
function Logo() {
  return (
    <svg class="logo" width="26" height="26" viewBox="0 0 32 32" aria-hidden="true">
      <path class="logo-flange" d="M5 5.5h22M5 26.5h22" />
      <path class="logo-thread" d="M9 11.5h14M9 16h14M9 20.5h9" />
    </svg>
  )
}
