export { TextScreen } from './TextScreen';
