"""The edit (`composition.cut`), its pictures (`composition.render`, queue gpu.compose), its sound (`composition.mix`, queue cpu.sound)."""
