import '@fontsource/noto-sans-sc/400.css'
import '@fontsource/noto-sans-sc/700.css'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import './styles.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { setNonce } from 'get-nonce'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { focusDialogsAtOnce } from './frame/dialog-focus.ts'
import { startLanguage } from './frame/language.ts'
import { followChanges, queryClient } from './query.ts'
import { getShell, styleNonce } from './shell/shell.ts'
import { cssVariables, theme } from './theme.ts'

// Before the first render: dialogs and grids put style elements into the page, and the policy asks for their nonce.
const nonce = styleNonce()
if (nonce !== '') setNonce(nonce)
startLanguage(getShell().locale)
followChanges()
focusDialogsAtOnce()

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      cssVariablesResolver={cssVariables}
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-right" />
        <App />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
