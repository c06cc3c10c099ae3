import { Component, type ErrorInfo, type ReactNode } from 'react';
import { CrashPanel } from './CrashPanel';

interface Props {
  children: ReactNode;
  /** What fell, for the message: 'The Train screen'. Without it, the whole page. */
  part?: string;
}

/** Catches an error while drawing, so that one broken part neither blanks the page nor takes the data with it. */
export class CrashGuard extends Component<Props, { error: Error | null }> {
  override state = { error: null };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    // Left in the console for whoever opens it: the panel shows only the message.
    globalThis.reportError?.(error instanceof Error ? error : new Error(`${String(error)}${info.componentStack ?? ''}`));
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return <CrashPanel error={error} part={this.props.part} onRetry={() => this.setState({ error: null })} />;
  }
}
