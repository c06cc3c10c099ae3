import { Button, Radio } from '@mantine/core';
import { asksForHub, chooseEncoder, permitHub, useText, type AnyEncoderId } from '../../app/text';
import { LEARNERS } from '../../text/learner-cards';
import { Help } from '../../ui/Help';
import { bytes } from '../../ui/format';
import { isLearner } from './chosen-encoder';
import { LearnerForm } from './LearnerForm';
import css from './TextScreen.module.css';

/** The encoders, each with what it is and where it runs. */
export function EncoderPicker({ disabled }: { disabled: boolean }) {
  const encoder = useText((s) => s.encoder);
  const probe = useText((s) => s.probe);
  const allowHub = useText((s) => s.allowHub);
  const asks = useText(asksForHub);
  const whereabouts = !probe
    ? 'Looking whether it is served with this page…'
    : probe.local
      ? `${megabytes(probe.bytes)}, served with this page; nothing is uploaded.`
      : probe.kept
        ? `${megabytes(probe.bytes)}, kept in this browser since it came from the model hub; nothing is uploaded.`
        : allowHub
          ? 'About 23 MB, from the model hub when you press Embed; your texts stay here.'
          : probe.reason;
  return (
    <Radio.Group
      label={
        <>
          Encoder <Help term="encoder">Turns a text into a list of numbers. Texts that the encoder takes for alike get lists that point the same way, and the cosine between two lists says how much.</Help>
        </>
      }
      value={encoder}
      onChange={(value) => chooseEncoder(value as AnyEncoderId)}
    >
      <div className={css.encoders}>
        <Radio
          value="minilm"
          iconColor="var(--on-primary)"
          disabled={disabled}
          label="MiniLM"
          description={
            <>
              Knows meaning, in English best: 384 numbers a text from a small language model, run in this tab. <span>{whereabouts}</span>
            </>
          }
        />
        {asks && (
          <div className={css.ask}>
            <p>It can be fetched from the model hub, huggingface.co: about 23 MB come in, your texts stay on this device. The hub sees your network address, as any site you visit does.</p>
            <div className={css.choices}>
              <Button variant="default" onClick={permitHub}>
                Allow the model hub
              </Button>
              <Button variant="default" onClick={() => chooseEncoder('hashed-ngrams')}>
                Use hashed n-grams
              </Button>
            </div>
          </div>
        )}
        <Radio value="hashed-ngrams" iconColor="var(--on-primary)" disabled={disabled} label="Hashed n-grams" description="Knows spelling, not meaning: 256 hashed counts of words and pieces of words. Built in, needs no model, works for any language." />
        {LEARNERS.map((l) => (
          <Radio key={l.id} value={l.id} iconColor="var(--on-primary)" disabled={disabled} label={l.name} description={l.knows} />
        ))}
        {isLearner(encoder) && <LearnerForm key={encoder} id={encoder} disabled={disabled} />}
      </div>
    </Radio.Group>
  );
}

/** 22.9 MB, with the decimal that tells it from other models of its kind. */
const megabytes = (n: number): string => (n >= 1e6 ? `${(n / 1e6).toFixed(1)} MB` : bytes(n));
