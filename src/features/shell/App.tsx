import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { theme, tokenVariables } from '../../ui/theme';
import { CrashGuard } from './CrashGuard';
import { Shell } from './Shell';
import { useTheme } from './use-theme';

/** Everything around the screens: theme, notifications, and a net that catches what falls. */
export function App() {
  const scheme = useTheme();
  return (
    <MantineProvider theme={theme} cssVariablesResolver={tokenVariables} forceColorScheme={scheme}>
      <Notifications position="bottom-right" limit={3} mb={26} />
      <CrashGuard>
        <Shell scheme={scheme} />
      </CrashGuard>
    </MantineProvider>
  );
}
