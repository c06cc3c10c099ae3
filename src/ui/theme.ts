/** Mantine, spoken in our tokens: ink primary, 8 px corners, 14 px body. Components stay Mantine's own. */
import { createTheme, defaultVariantColorsResolver, type CSSVariablesResolver, type MantineColorsTuple, type VariantColorsResolver } from '@mantine/core';

// The ten shades are only a ladder for Mantine's arithmetic; what is seen comes from the tokens below.
const ink: MantineColorsTuple = ['#ececf0', '#d6d7dc', '#b9bbc3', '#a3a6b1', '#858892', '#6b6d76', '#4d4f57', '#33353b', '#25262b', '#1a1b1f'];

const variantColors: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  const own = input.color === undefined || input.color === 'ink';
  if (!own) return colors;
  if (input.variant === 'filled') return { ...colors, background: 'var(--primary)', hover: 'color-mix(in srgb, var(--primary) 86%, var(--surface))', color: 'var(--on-primary)' };
  if (input.variant === 'light') return { ...colors, background: 'color-mix(in srgb, var(--ink) 8%, transparent)', hover: 'color-mix(in srgb, var(--ink) 13%, transparent)', color: 'var(--ink)' };
  if (input.variant === 'subtle' || input.variant === 'transparent') return { ...colors, hover: input.variant === 'subtle' ? 'color-mix(in srgb, var(--ink) 7%, transparent)' : 'transparent', color: 'var(--muted)' };
  if (input.variant === 'outline') return { ...colors, hover: 'var(--sunken)', color: 'var(--ink)', border: '1px solid var(--line-strong)' };
  return colors;
};

const fieldStyles = {
  label: { fontSize: 12.5, fontWeight: 500, color: 'var(--muted)', marginBottom: 5 },
  description: { fontSize: 12, color: 'var(--faint)', lineHeight: 1.4 },
  error: { fontSize: 12, color: 'var(--bad)' },
};
const field = { defaultProps: { size: 'sm' }, styles: fieldStyles };
const floating = { defaultProps: { withinPortal: true, shadow: 'md', transitionProps: { duration: 120 } } };

export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 9, dark: 0 },
  colors: { ink },
  defaultRadius: 8,
  fontFamily: "'Inter Variable', Inter, system-ui, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, monospace",
  fontSizes: { xs: '12px', sm: '13.5px', md: '14px', lg: '16px', xl: '18px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '20px', xl: '28px' },
  headings: { fontWeight: '650', sizes: { h1: { fontSize: '21px' }, h2: { fontSize: '13px' } } },
  shadows: { xs: 'var(--shadow)', sm: 'var(--shadow)', md: '0 6px 24px #00000024', lg: '0 12px 40px #0000002e', xl: '0 16px 48px #00000033' },
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  variantColorResolver: variantColors,
  components: {
    Button: { defaultProps: { size: 'compact-md' }, styles: { root: { fontWeight: 550, fontSize: 13.5, paddingInline: 12, height: 32 } } },
    ActionIcon: { defaultProps: { variant: 'subtle', size: 30 } },
    Select: field,
    MultiSelect: field,
    TextInput: field,
    NumberInput: field,
    Textarea: field,
    FileInput: field,
    Slider: { defaultProps: { size: 4, thumbSize: 14 } },
    Radio: { styles: { label: { fontSize: 12.5 }, description: { fontSize: 12, color: 'var(--muted)' } } },
    Switch: { defaultProps: { size: 'sm' } },
    Checkbox: { defaultProps: { size: 'sm' } },
    SegmentedControl: { defaultProps: { size: 'xs', radius: 8 } },
    Popover: floating,
    Menu: floating,
    Tooltip: { defaultProps: { withArrow: false, openDelay: 200, transitionProps: { duration: 120 }, events: { hover: true, focus: true, touch: true }, multiline: true, maw: 300 } },
    Modal: { defaultProps: { radius: 12, centered: true, transitionProps: { duration: 150 }, closeButtonProps: { 'aria-label': 'Close' } }, styles: { title: { fontWeight: 600, fontSize: 15 } } },
    Notification: { defaultProps: { radius: 10, closeButtonProps: { 'aria-label': 'Dismiss' } }, styles: { title: { fontSize: 13, fontWeight: 600 }, description: { fontSize: 13 } } },
  },
});

const shared = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--muted)',
  '--mantine-color-placeholder': 'var(--faint)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-anchor': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-default': 'var(--raised)',
  '--mantine-color-default-hover': 'var(--sunken)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-disabled': 'color-mix(in srgb, var(--ink) 6%, transparent)',
  '--mantine-color-disabled-color': 'var(--faint)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-primary-color-filled': 'var(--primary)',
  '--mantine-primary-color-filled-hover': 'color-mix(in srgb, var(--primary) 86%, var(--surface))',
  '--mantine-primary-color-light': 'var(--sunken)',
  '--mantine-primary-color-light-hover': 'var(--line)',
  '--mantine-primary-color-light-color': 'var(--ink)',
  '--mantine-primary-color-contrast': 'var(--on-primary)',
  '--mantine-color-ink-filled': 'var(--primary)',
  '--mantine-color-ink-light': 'var(--sunken)',
  '--mantine-color-ink-light-hover': 'var(--line)',
  '--mantine-color-ink-light-color': 'var(--ink)',
  '--mantine-color-ink-outline': 'var(--ink)',
};

/** The tokens change with the theme by themselves, so both schemes point at the same names. */
export const tokenVariables: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared });
