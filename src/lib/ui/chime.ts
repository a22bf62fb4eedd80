/** Two soft tones, made on the spot: no file to load. Silent where the browser wants a gesture first. */
export function chime(): void {
  try {
    const context = new AudioContext();
    const start = context.currentTime;
    for (const [index, pitch] of [660, 880].entries()) {
      const tone = context.createOscillator();
      const volume = context.createGain();
      const at = start + index * 0.25;
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.0001, at);
      volume.gain.exponentialRampToValueAtTime(0.25, at + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.6);
      tone.connect(volume).connect(context.destination);
      tone.start(at);
      tone.stop(at + 0.65);
    }
    setTimeout(() => void context.close(), 1_500);
  } catch {
    // Without sound the words and the colour say it.
  }
}
