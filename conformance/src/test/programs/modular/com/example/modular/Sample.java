package com.example.modular;

/** A bean. */
public final class Sample {
    private int weight;

    /** In milligrams. */
    public int getWeight() {
        return weight;
    }

    /** In milligrams. */
    public void setWeight(int weight) {
        this.weight = weight;
    }
}
