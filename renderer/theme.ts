import {
  ActionIcon,
  Button,
  CloseButton,
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  Modal,
  Notification,
  NumberInput,
  Table,
  Tooltip,
} from '@mantine/core'

/** The one accent: a deep blue, 4.5:1 or more on white (shade 7, 8.0:1) and on the dark surface (shade 4). */
const ink: MantineColorsTuple = [
  '#eef4fb',
  '#d9e6f5',
  '#b1cbea',
  '#86afe0',
  '#76a8e4',
  '#4a84cc',
  '#2f6cb8',
  '#1f5597',
  '#1b4a85',
  '#133763',
]

/** Surfaces and lines of the dark theme, in the accent's hue; 0 is the lightest text, 9 the deepest ground. */
const dark: MantineColorsTuple = [
  '#e4e8ee',
  '#c8cfd9',
  '#a7b1c0',
  '#7d8796',
  '#3a4453',
  '#2c3541',
  '#1b2129',
  '#14181e',
  '#0f1318',
  '#0a0d11',
]

export const theme = createTheme({
  primaryColor: 'ink',
  colors: { ink, dark },
  primaryShade: { light: 7, dark: 7 },
  fontFamily: '"Noto Sans SC", "Noto Sans", system-ui, sans-serif',
  fontFamilyMonospace: '"Noto Sans SC", ui-monospace, monospace',
  headings: {
    fontFamily: '"Noto Sans SC", system-ui, sans-serif',
    fontWeight: '700',
    sizes: { h1: { fontSize: '1.25rem' }, h2: { fontSize: '1.05rem' }, h3: { fontSize: '0.95rem' } },
  },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontSizes: { xs: '0.78rem', sm: '0.86rem', md: '0.94rem' },
  components: {
    Button: Button.extend({ defaultProps: { size: 'xs' } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', size: 28 } }),
    CloseButton: CloseButton.extend({ defaultProps: { size: 28 } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 400, withArrow: true, events: { hover: true, focus: true, touch: false } },
    }),
    Modal: Modal.extend({ defaultProps: { centered: true, transitionProps: { duration: 0 } } }),
    // Shown from anywhere, in whichever language: its one button says both.
    Notification: Notification.extend({ defaultProps: { closeButtonProps: { 'aria-label': '关闭 Close' } } }),
    NumberInput: NumberInput.extend({ defaultProps: { hideControls: true, thousandSeparator: ',' } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 4, horizontalSpacing: 8 } }),
  },
})

/** Mantine's surfaces and texts are the page's own, so that its parts and the grid look like one thing. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--ink-text)',
    '--mantine-color-dimmed': 'var(--muted)',
    '--mantine-color-placeholder': 'var(--muted)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-default-border': 'var(--line)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--surface-hover)',
    '--mantine-color-error': 'var(--bad)',
  }
  return { variables: {}, light: shared, dark: shared }
}
