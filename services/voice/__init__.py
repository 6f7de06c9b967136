"""Scene to utterance (`voice.narrate`, queue cpu.voice): normalise, speak, time the words."""
