/** The login page, for the token of the service. */

import { COMMAND_TOKEN } from './access.ts'
import { Layout, MAIN, type PageProps } from './layout.tsx'
import { Refused } from './parts.tsx'

export interface LoginPageProps extends PageProps {
  /** The path to open after the login. */
  next: string
  /** Why the login was refused. */
  problem: { detail: string; hint: string | null } | null
}

export function LoginPage({ next, problem, asset }: LoginPageProps) {
  const isRefused = problem !== null
  return (
    <Layout title="Log in · docspool" description="Log in with the token of this service." asset={asset} kind="plain">
      <main id={MAIN} class="narrow" tabindex={-1}>
        <h1>Log in</h1>
        <p class="lead">Log in with the token of this service. Its operator can give it to you.</p>
        <form class="card login" method="post" action="/login">
          {isRefused && <Refused error={problem} />}
          <input type="hidden" name="next" value={next} />
          <div class="field">
            <label for="Token">Token</label>
            <input
              id="Token"
              name="token"
              type="password"
              autocomplete="current-password"
              autocapitalize="off"
              spellcheck={false}
              required
              autofocus
              aria-invalid={isRefused ? 'true' : undefined}
              aria-describedby={isRefused ? 'Refused' : undefined}
            />
          </div>
          <button class="button button-main" type="submit">
            Log in
          </button>
        </form>
        <p class="quiet">
          This browser stays logged in for 30 days. From a terminal: <code>{`curl ${COMMAND_TOKEN} …`}</code>
        </p>
      </main>
    </Layout>
  )
}
